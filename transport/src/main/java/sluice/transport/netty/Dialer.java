package sluice.transport.netty;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import sluice.engine.port.Fault;
import sluice.protocol.address.Endpoint;
import sluice.protocol.proxy.Destination;

/** Opens TCP channels from the addresses that are set for that. Loop only. */
public final class Dialer implements Caller {
  private final NettyLoop loop;
  private final List<InetAddress> sources;

  /** Dials from {@code sources}; from any address when there are none. */
  public Dialer(NettyLoop loop, List<InetAddress> sources) {
    this.loop = loop;
    this.sources = sources;
  }

  @Override
  public boolean takesNames() {
    return false;
  }

  @Override
  public Caller lane(String label) {
    return this;
  }

  @Override
  public void dial(Call call, Function<SocketChannel, ChannelHandler> handler, Outcome outcome) {
    switch (call.to()) {
      case Destination.Numeric(Endpoint remote) -> dial(remote, call, handler, outcome);
      case Destination.Named named ->
          outcome.onFault(new Fault(Fault.Kind.UNKNOWN_HOST, named + " is not resolved"));
    }
  }

  private void dial(
      Endpoint remote,
      Call call,
      Function<SocketChannel, ChannelHandler> handler,
      Outcome outcome) {
    Optional<InetSocketAddress> from =
        call.local()
            .map(Dialer::socketAddress)
            .or(() -> source(remote.address()).map(source -> new InetSocketAddress(source, 0)));
    if (from.isEmpty() && !sources.isEmpty()) {
      outcome.onFault(
          new Fault(
              Fault.Kind.UNREACHABLE, "no local address is set to reach " + remote + " from"));
      return;
    }
    SocketChannel channel;
    try {
      channel = loop.stream(remote.address());
    } catch (IOException e) {
      outcome.onFault(Faults.of(e));
      return;
    }
    channel.config().setAutoRead(false).setOption(ChannelOption.TCP_NODELAY, true);
    long millis = TimeUnit.NANOSECONDS.toMillis(call.timeoutNanos());
    channel.config().setConnectTimeoutMillis(Math.clamp(millis, 1, Integer.MAX_VALUE));
    channel.pipeline().addLast(handler.apply(channel));
    var _ = loop.register(channel);
    InetSocketAddress to = socketAddress(remote);
    ChannelFuture connected =
        from.map(local -> channel.connect(to, local)).orElseGet(() -> channel.connect(to));
    var _ =
        connected.addListener(done -> {
          if (done.isSuccess()) {
            outcome.onOpen(channel);
          } else {
            Sockets.close(channel);
            outcome.onFault(Endpoints.fault(done.cause(), remote));
          }
        });
  }

  private Optional<InetAddress> source(InetAddress remote) {
    return sources.stream().filter(source -> Endpoints.sameFamily(source, remote)).findFirst();
  }

  private static InetSocketAddress socketAddress(Endpoint endpoint) {
    return new InetSocketAddress(endpoint.address(), endpoint.port());
  }
}
