package sluice.transport;

import sluice.engine.port.Entropy;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;
import sluice.transport.http.NettyHttp;
import sluice.transport.http.Tls;
import sluice.transport.netty.Dialer;
import sluice.transport.netty.NettyLoop;
import sluice.transport.netty.NettyNet;
import sluice.transport.system.SystemEntropy;
import sluice.transport.system.SystemResolver;

/** One event loop with the network ports that run on it. Any thread. */
public final class Transport implements AutoCloseable {
  private final NettyLoop loop;
  private final NettyNet net;

  private final NettyHttp http;
  private final SystemResolver resolver;
  private final SystemEntropy entropy = new SystemEntropy();

  private Transport(TransportConfig config) {
    loop = NettyLoop.start(config.nativeLoop());
    Dialer dialer = new Dialer(loop, config.sources());
    net = new NettyNet(loop, dialer, config);
    resolver = new SystemResolver(loop);
    http = new NettyHttp(loop, resolver, dialer, config.userAgent(), Tls.standard(loop));
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

  /** Streams and datagrams. */
  public Net net() {
    return net;
  }

  /** HTTP and HTTPS. */
  public Http http() {
    return http;
  }

  /** Names. */
  public Resolver resolver() {
    return resolver;
  }

  /** Chance; for the loop. */
  public Entropy entropy() {
    return entropy;
  }

  /** Closes all that is open, telling its handlers, and ends the loop's thread. */
  @Override
  public void close() {
    loop.close();
  }
}
