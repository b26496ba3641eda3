package sluice.transport.proxy;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;
import sluice.transport.Proxy;
import sluice.transport.Route;
import sluice.transport.Transport;
import sluice.transport.netty.Caller;
import sluice.transport.netty.NettyLoop;
import sluice.transport.netty.NettyNet;

/** Where the ways of all kinds of traffic begin. Made by any thread, used by the loop. */
public final class Junction {
  private final NettyLoop loop;
  private final Resolver resolver;
  private final Caller direct;
  private final RoutedNet.Parts parts;
  private final Lanes lanes = new Lanes();
  private final StandIns names;

  /** Direct ways are those of {@code direct} and {@code net}. */
  public Junction(
      NettyLoop loop, Resolver resolver, Caller direct, NettyNet net, List<InetAddress> sources) {
    this.loop = loop;
    this.resolver = resolver;
    this.direct = direct;
    this.names = new StandIns(loop);
    this.parts = new RoutedNet.Parts(loop, net, names, sources);
  }

  /** Who opens channels by {@code route}. */
  public Caller caller(Route route) {
    return switch (route) {
      case Route.Direct d -> direct;
      case Route.Through(Proxy proxy) -> proxied(proxy);
      case Route.Closed c -> new Shut();
    };
  }

  private ProxyCaller proxied(Proxy proxy) {
    return new ProxyCaller(loop, resolver, direct, proxy, lanes);
  }

  /** Streams by one route and datagrams by another; names are those of the streams. */
  public Transport.Line line(Route streams, Route datagrams) {
    return line(net(streams, datagrams), streams);
  }

  /** Datagrams alone; the local network is asked if peers of it may connect. */
  public Transport.Line datagrams(Route route, boolean reachable) {
    Net net = net(reachable ? new Route.Direct() : new Route.Closed(), route);
    return line(net, route);
  }

  private Transport.Line line(Net net, Route named) {
    boolean straight = named instanceof Route.Direct;
    return new Transport.Line(net, straight ? resolver : names, straight);
  }

  private Net net(Route streams, Route datagrams) {
    if (streams instanceof Route.Direct && datagrams instanceof Route.Direct) {
      return parts.direct();
    }
    return new RoutedNet(parts, streams(streams), packets(datagrams.ofDatagrams()));
  }

  private RoutedNet.Streams streams(Route route) {
    return switch (route) {
      case Route.Direct d -> new RoutedNet.Streams.Direct();
      case Route.Through(Proxy proxy) -> new RoutedNet.Streams.Through(proxied(proxy));
      case Route.Closed c -> new RoutedNet.Streams.Closed();
    };
  }

  private RoutedNet.Packets packets(Route route) {
    return switch (route) {
      case Route.Direct d -> new RoutedNet.Packets.Direct();
      case Route.Through(Proxy proxy) -> new RoutedNet.Packets.Through(proxied(proxy));
      case Route.Closed c -> new RoutedNet.Packets.Closed();
    };
  }

  /** Opens nothing, and takes names so that none is looked up. */
  private record Shut() implements Caller {
    @Override
    public boolean takesNames() {
      return true;
    }

    @Override
    public Caller lane(String label) {
      return this;
    }

    @Override
    public void dial(Call call, Function<SocketChannel, ChannelHandler> handler, Outcome outcome) {
      outcome.onFault(new Fault(Fault.Kind.NO_PERMISSION, "not allowed past the proxy"));
    }
  }
}
