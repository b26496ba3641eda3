package sluice.transport.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.proxy.Destination;
import sluice.transport.TransportConfig;

/** TCP and UDP on a {@link NettyLoop}. Loop only. */
public final class NettyNet implements Net {
  private final NettyLoop loop;
  private final TransportConfig config;
  private final Caller caller;
  private final SharedReads reads;
  private final Renewals renewals;
  private final CopyArena arena = new CopyArena();

  /** The network as seen from {@code loop}; {@code caller} opens its streams. */
  public NettyNet(NettyLoop loop, Caller caller, TransportConfig config) {
    this.loop = loop;
    this.caller = caller;
    this.config = config;
    this.renewals = new Renewals(loop);
    this.reads = new SharedReads(config.readBytes(), config.readsPerTurn());
  }

  boolean isCurrent() {
    return loop.isCurrent();
  }

  void later(Runnable task) {
    loop.execute(task);
  }

  CopyArena arena() {
    return arena;
  }

  int lowWatermark() {
    return config.lowWatermarkBytes();
  }

  @Override
  public void listen(Endpoint local, ListenHandler handler) {
    assert isCurrent();
    loop.execute(() -> new NettyListener(this, loop, renewals, local, handler).bind());
  }

  @Override
  public void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
    assert isCurrent();
    loop.execute(() -> open(remote, timeoutNanos, handler));
  }

  private void open(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
    dial(caller, new Destination.Numeric(remote), remote, timeoutNanos, handler);
  }

  /** Opens a stream by {@code way}, whose other end is called {@code remote}. */
  public void dial(
      Caller way, Destination to, Endpoint remote, long timeoutNanos, ConnectHandler handler) {
    Caller.Outcome outcome =
        new Caller.Outcome() {
          @Override
          public void onOpen(SocketChannel channel) {
            channel.pipeline().get(NettyPipe.class).introduce(handler::onConnected);
          }

          @Override
          public void onFault(Fault fault) {
            handler.onFault(fault);
          }
        };
    way.dial(
        new Caller.Call(to, Optional.empty(), timeoutNanos),
        channel -> pipe(channel, remote),
        outcome);
  }

  /** A pipe on {@code channel}, which reads nothing until the pipe has a handler. */
  NettyPipe pipe(SocketChannel channel, Endpoint remote) {
    channel.config().setAutoRead(false).setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, reads);
    return new NettyPipe(this, channel, remote);
  }

  @Override
  public void udp(Endpoint local, UdpHandler handler) {
    assert isCurrent();
    loop.execute(() -> NettyDatagrams.bind(loop, renewals, local, handler));
  }

  @Override
  public void multicast(Endpoint group, List<InetAddress> local, UdpHandler handler) {
    assert isCurrent();
    loop.execute(() -> NettyMulticast.join(loop, renewals, group, local, handler));
  }
}
