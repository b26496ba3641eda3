package sluice.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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
  /** Room for this many of the longest datagrams in one receive call. */
  private static final int DATAGRAMS_PER_READ = 16;

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
    this.channel = channel;
    this.handler = handler;
  }

  /** Binds at {@code local} and tells {@code handler}. */
  static void bind(NettyLoop loop, Renewals renewals, Endpoint local, Net.UdpHandler handler) {
    try {
      new NettyDatagrams(loop, renewals, make(loop, local), local, handler).bind(true);
    } catch (IOException e) {
      handler.onFault(null, Faults.of(e));
    }
  }

  private static DatagramChannel make(NettyLoop loop, Endpoint local) throws IOException {
    DatagramChannel channel = loop.datagrams(local.address());
    int bytes = (Sockets.MAX_DATAGRAM_BYTES + 1) * DATAGRAMS_PER_READ;
    channel
        .config()
        .setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(bytes));
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
    ByteBuf copy = channel.alloc().directBuffer(payload.remaining()).writeBytes(payload);
    InetSocketAddress address = new InetSocketAddress(to.address(), to.port());
    var _ =
        channel
            .write(new DatagramPacket(copy, address))
            .addListener(done -> {
              if (!done.isSuccess() && !closed) {
                Fault fault = Endpoints.fault(done.cause(), to);
                loop.execute(() -> tell(to, fault));
              }
            });
    if (!flushing) {
      flushing = true;
      loop.execute(this::flush);
    }
  }

  /** Linux alone can be told for a single datagram; elsewhere the system decides. */
  @Override
  public void sendInPieces(Endpoint to, ByteBuffer payload) {
    boolean can = channel instanceof EpollDatagramChannel && !to.isIpv6();
    if (can) {
      channel.flush();
      channel.config().setOption(MTU_DISCOVER, DONT_DISCOVER);
    }
    send(to, payload);
    if (can) {
      channel.flush();
      channel.config().setOption(MTU_DISCOVER, DISCOVER);
    }
  }

  private void flush() {
    flushing = false;
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
        handler.onDatagram(Endpoints.of(packet.sender()), packet.content().nioBuffer());
      }
    } finally {
      packet.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Fault fault = Faults.of(cause);
    if (!closed) {
      handler.onFault(null, fault);
    }
  }
}
