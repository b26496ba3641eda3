package sluice.client.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import sluice.protocol.metainfo.PieceLayout;

/** A peer that asks for very many blocks and then reads nothing of what it is sent. */
final class StallingPeer implements AutoCloseable {
  private static final int REQUESTS = 1_000;
  private static final int RECEIVE_BYTES = 1 << 12;
  private static final int HANDSHAKE_BYTES = 68;
  private static final byte UNCHOKE = 1;
  private static final byte INTERESTED = 2;
  private static final byte REQUEST = 6;
  private static final long WAIT_NANOS = 10_000_000;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer out;

  /** Connects and says that it is interested. */
  StallingPeer(int port, byte[] infoHash, int number, int pieces, int pieceBytes)
      throws IOException {
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String id = String.format("-ST0000-%012d", number);
    ByteBuffer hello = ByteBuffer.allocate(HANDSHAKE_BYTES + 5);
    hello.put((byte) 19).put("BitTorrent protocol".getBytes(StandardCharsets.US_ASCII));
    hello.put(new byte[8]).put(infoHash).put(id.getBytes(StandardCharsets.US_ASCII));
    hello.putInt(1).put(INTERESTED).flip();
    while (hello.hasRemaining()) {
      channel.write(hello);
    }
    channel.configureBlocking(false);
    out = requests(number, pieces, pieceBytes);
  }

  private static ByteBuffer requests(int number, int pieces, int pieceBytes) {
    ByteBuffer all = ByteBuffer.allocate(REQUESTS * 17);
    int blocks = pieceBytes / PieceLayout.BLOCK;
    for (int i = 0; i < REQUESTS; i++) {
      int block = (number * 7 + i) % ((pieces - 1) * blocks);
      all.putInt(13).put(REQUEST).putInt(block / blocks);
      all.putInt(block % blocks * PieceLayout.BLOCK).putInt(PieceLayout.BLOCK);
    }
    return all.flip();
  }

  /** Reads until it is unchoked, then asks; what the seed does not take at once is left out. */
  void stall(long untilNanos) throws IOException {
    while (!isUnchoked()) {
      if (System.nanoTime() - untilNanos > 0 || channel.read(in) < 0) {
        throw new IOException("closed, or not unchoked in time");
      }
      LockSupport.parkNanos(WAIT_NANOS);
    }
    channel.write(out);
  }

  /** Whether the other side has sent more than what this one has read, and is still there. */
  boolean isServed() throws IOException {
    in.clear();
    return channel.read(in) > 0;
  }

  private boolean isUnchoked() {
    int at = HANDSHAKE_BYTES;
    while (at + 5 <= in.position()) {
      int length = in.getInt(at);
      if (length == 1 && in.get(at + 4) == UNCHOKE) {
        return true;
      }
      at += 4 + length;
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
