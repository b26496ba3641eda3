package sluice.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How a datagram socket is received from: several datagrams by one call ({@code recvmmsg}), or a
 * whole row of equally long ones of one sender, which Linux keeps together for who asks for it
 * ({@code UDP_GRO}). Netty knows the parts of a row only if it receives one row by each call, so
 * now and then it is tried which of the two brings more. Loop only.
 */
final class DatagramReads implements RecvByteBufAllocator {
  /** Room for this many of the longest datagrams in one receive call. */
  private static final int PER_CALL = 16;

  /** So many are received before other sockets and tasks have their turn, or somewhat more. */
  private static final int PER_TURN = 256;

  /** The same where each takes a buffer of its own until the turn ends. */
  private static final int PER_PORTABLE_TURN = 64;

  private static final int SLOT_BYTES = Sockets.MAX_DATAGRAM_BYTES + 1;

  /** The longest row. */
  private static final int ROW_BYTES = 1 << 16;

  /** After so many datagrams it is tried whether they come in rows. */
  private static final int UNTIL_TRIAL = 4_096;

  /** A trial, and then each look whether it still pays, is so many calls. */
  private static final int CALLS = 32;

  /** Rows are worth a call each if so many datagrams are in one, on average. */
  private static final int PAYS = 4;

  private static final System.Logger LOG = System.getLogger(DatagramReads.class.getName());

  private final DatagramChannel channel;
  private final boolean portable;
  private boolean canTry;

  /** Whether rows are asked for. */
  private boolean rows;

  private int calls;
  private int datagrams;

  private DatagramReads(DatagramChannel channel) {
    this.channel = channel;
    this.portable = !(channel instanceof EpollDatagramChannel);
    this.canTry = !portable;
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

  /** Sees what the calls of a turn have brought. */
  private void look() {
    if (rows && calls >= CALLS) {
      boolean pays = datagrams >= PAYS * calls;
      forget();
      if (!pays) {
        askForRows(false);
      }
    } else if (!rows && canTry && datagrams >= UNTIL_TRIAL) {
      forget();
      askForRows(true);
    }
  }

  private void forget() {
    calls = 0;
    datagrams = 0;
  }

  private void askForRows(boolean on) {
    try {
      channel.config().setOption(EpollChannelOption.UDP_GRO, on);
      int most = on ? ROW_BYTES : SLOT_BYTES;
      channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, most);
      rows = on;
    } catch (ChannelException e) {
      canTry = false;
      LOG.log(System.Logger.Level.DEBUG, "no rows of datagrams: {0}", e.getMessage());
    }
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
      return rows ? ROW_BYTES : portable ? SLOT_BYTES : SLOT_BYTES * PER_CALL;
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
      datagrams += count;
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
      calls++;
      boolean perhapsMore = rows || portable || lastMessages >= PER_CALL;
      int most = portable ? PER_PORTABLE_TURN : PER_TURN;
      return perhapsMore && messages < most && config.isAutoRead();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier unused) {
      return continueReading();
    }

    @Override
    public void readComplete() {
      look();
    }
  }
}
