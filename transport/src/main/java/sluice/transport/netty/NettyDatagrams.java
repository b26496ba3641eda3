package sluice.transport.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/**
 * A UDP socket. What is sent in one turn of the loop leaves with few system calls at its end; what
 * the system does not take for long is dropped and told, what is too long to be received whole is
 * dropped. Loop only.
 */
@ChannelHandler.Sharable
final class NettyDatagrams extends ChannelInboundHandlerAdapter
    implements Net.Datagrams, Renewals.Renewable {
  /** So many a second that are of no use are no flood. Neither uTP nor the DHT comes near it. */
  private static final int FLOOD_PER_SECOND = 2_000;

  /** Nor are so many at once, such as the rest of a connection that was closed. */
  private static final int FLOOD_BURST = 500;

  /** A flood gathers for so long; what the buffer has no room for costs this program nothing. */
  private static final long FLOOD_NANOS = 4_000_000L;

  /** For so long they leave one by one after they were not taken as one. */
  private static final long APART_NANOS = 60_000_000_000L;

  private static final int MAX_PENDING_BYTES = 1024 * 1024;

  /** Bursts come while the loop does other things; the system may grant less. */
  private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;

  private static final Fault FULL = new Fault(Fault.Kind.IO, "too many datagrams wait to be sent");

  /** Netty's gathered sends give an empty datagram the content of the one after it. */
  private static final Fault EMPTY = new Fault(Fault.Kind.IO, "empty datagrams are not sent");

  /** {@code IPPROTO_IP} and {@code IP_MTU_DISCOVER} of Linux: whether datagrams stay whole. */
  private static final ChannelOption<Integer> MTU_DISCOVER =
      new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10);

  private static final int DONT_DISCOVER = 0;
  private static final int DISCOVER = 1;

  private final NettyLoop loop;
  private final Renewals renewals;
  private final Net.UdpHandler handler;
  private DatagramChannel channel;
  private Endpoint at;
  private @Nullable InetSocketAddress lastSender;
  private Endpoint lastFrom;
  private final SegmentRun run;
  private final Surge waste;

  /** Whether several datagrams may leave as one. */
  private boolean segments;

  private boolean broken;
  private boolean flushing;
  private boolean closed;

  private NettyDatagrams(
      NettyLoop loop,
      Renewals renewals,
      DatagramChannel channel,
      Endpoint at,
      Net.UdpHandler handler) {
    this.loop = loop;
    this.renewals = renewals;
    this.at = at;
    this.lastFrom = at;
    this.channel = channel;
    this.handler = handler;
    this.run = new SegmentRun(channel.alloc());
    this.waste = new Surge(FLOOD_PER_SECOND, FLOOD_BURST, loop.now());
    this.segments = canSegment(channel);
  }

  private static boolean canSegment(DatagramChannel channel) {
    return channel instanceof EpollDatagramChannel
        && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
  }

  /**
   * Binds at {@code local} and tells {@code handler}. While the interface is away, one with a port
   * of its own waits; others are for something that has to be done at once.
   */
  static void bind(NettyLoop loop, Renewals renewals, Endpoint local, Net.UdpHandler handler) {
    try {
      new NettyDatagrams(loop, renewals, make(loop, local), local, handler).bind(true);
    } catch (IOException e) {
      if (local.port() != 0 && loop.device().isMissing()) {
        renewals.add(new Waiting(loop, renewals, local, handler));
      } else {
        handler.onFault(null, Faults.of(e));
      }
    }
  }

  /** One that is made when the interface is there. */
  private record Waiting(NettyLoop loop, Renewals renewals, Endpoint local, Net.UdpHandler handler)
      implements Renewals.Renewable {
    @Override
    public void renew() {
      renewals.remove(this);
      bind(loop, renewals, local, handler);
    }

    @Override
    public boolean isBroken() {
      return true;
    }
  }

  private static DatagramChannel make(NettyLoop loop, Endpoint local) throws IOException {
    DatagramChannel channel = loop.datagrams(local.address());
    DatagramReads.use(channel);
    channel.config().setAutoRead(false).setOption(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    channel
        .config()
        .setWriteBufferWaterMark(
            new WriteBufferWaterMark(MAX_PENDING_BYTES / 2, MAX_PENDING_BYTES));
    return channel;
  }

  private void bind(boolean first) {
    DatagramChannel bound = channel;
    bound.pipeline().addLast(this);
    var _ = loop.register(bound);
    var _ =
        bound
            .bind(new InetSocketAddress(at.address(), at.port()))
            .addListener(done -> {
              if (!done.isSuccess()) {
                Sockets.close(bound);
                if (first) {
                  handler.onFault(null, Endpoints.fault(done.cause(), at));
                }
                return;
              }
              broken = false;
              if (first) {
                at = Endpoints.of(bound.localAddress());
                renewals.add(this);
                handler.onBound(at, this);
              }
              bound.config().setAutoRead(true);
            });
  }

  @Override
  public void renew() {
    Sockets.close(channel);
    run.drop();
    broken = true;
    try {
      channel = make(loop, at);
    } catch (IOException gone) {
      // It is tried again, as long as it is broken.
      return;
    }
    bind(false);
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  @Override
  public void send(Endpoint to, ByteBuffer payload) {
    assert loop.isCurrent();
    if (closed || broken) {
      return;
    }
    if (!channel.isWritable() || !payload.hasRemaining()) {
      Fault fault = payload.hasRemaining() ? FULL : EMPTY;
      loop.execute(() -> tell(to, fault));
      return;
    }
    if (!run.add(to, payload)) {
      write();
      run.add(to, payload);
    }
    if (!segments) {
      write();
    }
    if (!flushing) {
      flushing = true;
      loop.execute(this::flush);
    }
  }

  /** Gives the channel what has gathered. */
  private void write() {
    if (!run.isEmpty()) {
      DatagramPacket packet = run.take();
      if (packet instanceof SegmentedDatagramPacket) {
        packet.retain();
        var _ = channel.write(packet).addListener(done -> written(packet, done.isSuccess()));
      } else {
        writeSingle(packet);
      }
    }
  }

  /** What the system does not take as one, such as when the path is narrower, leaves one by one. */
  private void written(DatagramPacket run, boolean done) {
    if (!done && !closed) {
      if (segments) {
        segments = false;
        var _ = loop.after(APART_NANOS, () -> segments = true);
      }
      SegmentRun.apart(run).forEach(this::writeSingle);
      channel.flush();
    }
    run.release();
  }

  private void writeSingle(DatagramPacket packet) {
    InetSocketAddress address = packet.recipient();
    var _ =
        channel
            .write(packet)
            .addListener(done -> {
              if (!done.isSuccess() && !closed) {
                Endpoint to = Endpoints.of(address);
                Fault fault = Endpoints.fault(done.cause(), to);
                loop.execute(() -> tell(to, fault));
              }
            });
  }

  /** Linux alone can be told for a single datagram; elsewhere the system decides. */
  @Override
  public void sendInPieces(Endpoint to, ByteBuffer payload) {
    boolean can = channel instanceof EpollDatagramChannel && !to.isIpv6();
    if (can) {
      flushNow();
      channel.config().setOption(MTU_DISCOVER, DONT_DISCOVER);
    }
    send(to, payload);
    if (can) {
      flushNow();
      channel.config().setOption(MTU_DISCOVER, DISCOVER);
    }
  }

  private void flush() {
    flushing = false;
    flushNow();
  }

  private void flushNow() {
    write();
    channel.flush();
  }

  private void tell(Endpoint to, Fault fault) {
    if (!closed) {
      handler.onFault(to, fault);
    }
  }

  @Override
  public void close() {
    assert loop.isCurrent();
    if (!closed) {
      flushNow();
      closed = true;
      renewals.remove(this);
      Sockets.close(channel);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      boolean whole = packet.content().readableBytes() <= Sockets.MAX_DATAGRAM_BYTES;
      if (!closed && whole) {
        handler.onDatagram(from(packet.sender()), packet.content().nioBuffer());
      }
    } finally {
      packet.release();
    }
  }

  @Override
  public void wasted() {
    waste.add();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (closed || !channel.config().isAutoRead() || !waste.isOn(loop.now())) {
      return;
    }
    DatagramChannel resting = channel;
    resting.config().setAutoRead(false);
    var _ =
        loop.after(
            FLOOD_NANOS,
            () -> {
              if (!closed && channel.equals(resting)) {
                resting.config().setAutoRead(true);
              }
            });
  }

  /** The same object as long as the sender is: datagrams of one sender come in rows. */
  private Endpoint from(InetSocketAddress sender) {
    if (!sender.equals(lastSender)) {
      lastSender = sender;
      lastFrom = Endpoints.of(sender);
    }
    return lastFrom;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Fault fault = Faults.of(cause);
    if (!closed) {
      handler.onFault(null, fault);
    }
  }
}
