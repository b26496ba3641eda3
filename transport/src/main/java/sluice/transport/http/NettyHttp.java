package sluice.transport.http;

import sluice.engine.port.Http;
import sluice.engine.port.Resolver;
import sluice.transport.netty.Dialer;
import sluice.transport.netty.NettyLoop;

/** HTTP and HTTPS on a {@link NettyLoop}. Loop only. */
public final class NettyHttp implements Http {
  private final NettyLoop loop;
  private final Resolver resolver;
  private final Dialer dialer;
  private final String userAgent;
  private final Tls tls;
  private final Links links;

  /** Requests that go out by {@code dialer}. */
  public NettyHttp(NettyLoop loop, Resolver resolver, Dialer dialer, String userAgent, Tls tls) {
    this.loop = loop;
    this.resolver = resolver;
    this.dialer = dialer;
    this.userAgent = userAgent;
    this.tls = tls;
    this.links = new Links(loop);
  }

  @Override
  public void get(Request request, Handler handler) {
    assert loop.isCurrent();
    loop.execute(new Exchange(this, request, handler)::start);
  }

  @Override
  public Download download(Range range, Receiver receiver) {
    assert loop.isCurrent();
    RangedGet get = new RangedGet(this, range, receiver);
    loop.execute(get::start);
    return get;
  }

  Links links() {
    return links;
  }

  NettyLoop loop() {
    return loop;
  }

  Resolver resolver() {
    return resolver;
  }

  Dialer dialer() {
    return dialer;
  }

  String userAgent() {
    return userAgent;
  }

  Tls tls() {
    return tls;
  }
}
