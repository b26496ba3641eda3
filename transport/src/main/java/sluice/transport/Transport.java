package sluice.transport;

import java.util.Optional;
import sluice.engine.port.Entropy;
import sluice.engine.port.Gateways;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;
import sluice.transport.http.NettyHttp;
import sluice.transport.http.Tls;
import sluice.transport.netty.Device;
import sluice.transport.netty.Dialer;
import sluice.transport.netty.NettyLoop;
import sluice.transport.netty.NettyNet;
import sluice.transport.proxy.Junction;
import sluice.transport.system.BoundResolver;
import sluice.transport.system.Devices;
import sluice.transport.system.SystemEntropy;
import sluice.transport.system.SystemGateways;
import sluice.transport.system.SystemResolver;
import sluice.transport.system.TextLookups;

/** One event loop with the network ports that run on it. Any thread. */
public final class Transport implements AutoCloseable {
  private final NettyLoop loop;
  private final Lines lines;
  private final Device device;
  private final NettyHttp http;
  private final Gateways gateways;
  private final SystemEntropy entropy = new SystemEntropy();

  /** The way of one kind of traffic; {@code direct} tells that nobody is between. */
  public record Line(Net net, Resolver resolver, boolean direct) {}

  private record Lines(Line peers, Line trackers, Line datagrams) {}

  private Transport(TransportConfig config) {
    device = Devices.of(config);
    loop = NettyLoop.start(config.nativeLoop(), device);
    gateways = new SystemGateways(loop, config.binding().device());
    Dialer dialer = new Dialer(loop, config.sources());
    NettyNet direct = new NettyNet(loop, dialer, config);
    Resolver resolver =
        device.isSet() || !config.binding().nameServers().isEmpty()
            ? new BoundResolver(loop, direct, entropy, config)
            : new SystemResolver(loop, Optional.of(new TextLookups(loop, direct, entropy, config)));
    Junction junction = new Junction(loop, resolver, dialer, direct, config.sources());
    Routes routes = config.routes();
    lines =
        new Lines(
            junction.line(routes.peers(), routes.datagrams()),
            junction.line(routes.trackers(), routes.trackers()),
            junction.datagrams(routes.datagrams(), routes.isReachable()));
    NettyHttp.Callers callers =
        new NettyHttp.Callers(junction.caller(routes.trackers()), junction.caller(routes.web()));
    http = new NettyHttp(loop, resolver, callers, config.userAgent(), Tls.standard(loop));
  }

  /** Starts a loop with the default settings. */
  public static Transport open() {
    return open(TransportConfig.defaults());
  }

  /** Starts a loop. */
  public static Transport open(TransportConfig config) {
    return new Transport(config);
  }

  /** The event loop. */
  public Loop loop() {
    return loop;
  }

  /** Streams with peers, and datagrams. */
  public Net net() {
    return lines.peers.net;
  }

  /** HTTP and HTTPS. */
  public Http http() {
    return http;
  }

  /** Names of peers. */
  public Resolver resolver() {
    return lines.peers.resolver;
  }

  /** Datagrams with trackers. */
  public Line trackers() {
    return lines.trackers;
  }

  /** Datagrams of the DHT, of uTP and in the local network. */
  public Line datagrams() {
    return lines.datagrams;
  }

  /** The routers by which others are reached. */
  public Gateways gateways() {
    return gateways;
  }

  /** Chance; for the loop. */
  public Entropy entropy() {
    return entropy;
  }

  /**
   * Whether it is bound to an interface that is not there. Listeners and sockets for datagrams are
   * then told of when it has come. May take a moment.
   */
  public boolean isWaiting() {
    return device.isMissing();
  }

  /** Closes all that is open, telling its handlers, and ends the loop's thread. */
  @Override
  public void close() {
    loop.close();
  }
}
