package sluice.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.protocol.address.Endpoint;

/**
 * Datagrams to one address, equally long but for the last: Linux takes them as one, and cuts them
 * apart as late as it can ({@code UDP_SEGMENT}). That is what most of the cost of datagrams is.
 * Loop only.
 */
final class SegmentRun {
  /** Linux takes so many. */
  private static final int MAX_SEGMENTS = 64;

  /** Payload of the longest IP packet, and a little less. */
  private static final int MAX_BYTES = 65_000;

  private static final int FIRST_BYTES = 2_048;

  private final ByteBufAllocator alloc;
  private @Nullable ByteBuf bytes;
  private @Nullable Endpoint to;
  private int segmentBytes;
  private int count;

  SegmentRun(ByteBufAllocator alloc) {
    this.alloc = alloc;
  }

  /**
   * Takes {@code payload}, whose bytes are copied.
   *
   * @return false if it does not fit to those that are there
   */
  boolean add(Endpoint remote, ByteBuffer payload) {
    int length = payload.remaining();
    if (bytes == null) {
      bytes = alloc.directBuffer(Math.max(length, FIRST_BYTES));
      to = remote;
      segmentBytes = length;
    } else {
      boolean isLast = bytes.readableBytes() < count * segmentBytes;
      if (isLast
          || length > segmentBytes
          || count == MAX_SEGMENTS
          || bytes.readableBytes() + length > MAX_BYTES
          || !remote.equals(to)) {
        return false;
      }
      if (bytes.writableBytes() < length) {
        bytes.capacity(MAX_BYTES);
      }
    }
    bytes.writeBytes(payload);
    count++;
    return true;
  }

  boolean isEmpty() {
    return bytes == null;
  }

  /** What was taken, as one packet, and nothing is there any more. */
  DatagramPacket take() {
    ByteBuf all = bytes;
    Endpoint remote = to;
    if (all == null || remote == null) {
      throw new IllegalStateException("empty");
    }
    InetSocketAddress address = new InetSocketAddress(remote.address(), remote.port());
    DatagramPacket packet =
        count == 1
            ? new DatagramPacket(all, address)
            : new SegmentedDatagramPacket(all, segmentBytes, address);
    clear();
    return packet;
  }

  /** The datagrams of {@code packet}, which have its bytes. */
  static List<DatagramPacket> apart(DatagramPacket packet) {
    List<DatagramPacket> parts = new ArrayList<>();
    if (packet instanceof SegmentedDatagramPacket run) {
      ByteBuf all = run.content();
      for (int at = all.readerIndex(); at < all.writerIndex(); at += run.segmentSize()) {
        int length = Math.min(run.segmentSize(), all.writerIndex() - at);
        parts.add(new DatagramPacket(all.retainedSlice(at, length), run.recipient()));
      }
    }
    return parts;
  }

  /** Drops what is there. */
  void drop() {
    if (bytes != null) {
      bytes.release();
      clear();
    }
  }

  private void clear() {
    bytes = null;
    to = null;
    count = 0;
  }
}
