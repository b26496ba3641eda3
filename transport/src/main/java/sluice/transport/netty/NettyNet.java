package sluice.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.proxy.Destination;
import sluice.transport.TransportConfig;

/** TCP and UDP on a {@link NettyLoop}. Loop only. */
public final class NettyNet implements Net {
  private static final int BACKLOG = 1024;

  private final NettyLoop loop;
  private final TransportConfig config;
  private final Caller caller;
  private final SharedReads reads;
  private final CopyArena arena = new CopyArena();

  /** The network as seen from {@code loop}; {@code caller} opens its streams. */
  public NettyNet(NettyLoop loop, Caller caller, TransportConfig config) {
    this.loop = loop;
    this.caller = caller;
    this.config = config;
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
    loop.execute(() -> bind(local, handler));
  }

  private void bind(Endpoint local, ListenHandler handler) {
    Channel channel;
    try {
      channel = loop.listener(local.address());
    } catch (IOException e) {
      handler.onFault(Faults.of(e));
      return;
    }
    channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
    channel.pipeline().addLast(new Acceptor(this, loop, handler));
    var _ = loop.register(channel);
    var _ =
        channel
            .bind(new InetSocketAddress(local.address(), local.port()))
            .addListener(done -> {
              if (done.isSuccess()) {
                handler.onListening(
                    Endpoints.of(channel.localAddress()), () -> Sockets.close(channel));
              } else {
                Sockets.close(channel);
                handler.onFault(Endpoints.fault(done.cause(), local));
              }
            });
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
    loop.execute(() -> NettyDatagrams.bind(loop, local, handler));
  }

  @Override
  public void multicast(Endpoint group, List<InetAddress> local, UdpHandler handler) {
    assert isCurrent();
    loop.execute(() -> NettyMulticast.join(loop, group, local, handler));
  }
}
