package sluice.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How a datagram socket is received from: several datagrams by one call ({@code recvmmsg}). Rows of
 * datagrams that the system keeps together ({@code UDP_GRO}) are not asked for: once they were, and
 * are not any more, those that wait already are given as one datagram each, which nobody can tell
 * from a single one. Loop only.
 */
final class DatagramReads implements RecvByteBufAllocator {
  /** Room for this many of the longest datagrams in one receive call. */
  private static final int PER_CALL = 16;

  /** So many are received before other sockets and tasks have their turn, or somewhat more. */
  private static final int PER_TURN = 256;

  /** The same where each takes a buffer of its own until the turn ends. */
  private static final int PER_PORTABLE_TURN = 64;

  private static final int SLOT_BYTES = Sockets.MAX_DATAGRAM_BYTES + 1;

  private final DatagramChannel channel;
  private final boolean portable;

  private DatagramReads(DatagramChannel channel) {
    this.channel = channel;
    this.portable = !(channel instanceof EpollDatagramChannel);
  }

  /** Has {@code channel} be received from in this way. */
  static void use(DatagramChannel channel) {
    DatagramReads reads = new DatagramReads(channel);
    channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, reads);
  }

  @Override
  public ExtendedHandle newHandle() {
    return new Turn();
  }

  /** The calls of one wake-up. */
  private final class Turn implements ExtendedHandle {
    private ChannelConfig config = channel.config();
    private int messages;
    private int lastMessages;
    private int lastBytes;
    private int attemptedBytes;

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
      lastMessages = 0;
      return alloc.directBuffer(guess(), guess());
    }

    @Override
    public int guess() {
      return portable ? SLOT_BYTES : SLOT_BYTES * PER_CALL;
    }

    @Override
    public void reset(ChannelConfig changed) {
      config = changed;
      messages = 0;
      lastMessages = 0;
    }

    @Override
    public void incMessagesRead(int count) {
      messages += count;
      lastMessages += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
      lastBytes = bytes;
    }

    @Override
    public int lastBytesRead() {
      return lastBytes;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attemptedBytes = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attemptedBytes;
    }

    /** A call that brought less than it had room for has emptied the socket. */
    @Override
    public boolean continueReading() {
      boolean perhapsMore = portable || lastMessages >= PER_CALL;
      int most = portable ? PER_PORTABLE_TURN : PER_TURN;
      return perhapsMore && messages < most && config.isAutoRead();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier unused) {
      return continueReading();
    }

    @Override
    public void readComplete() {}
  }
}
