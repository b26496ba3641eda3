package sluice.transport.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import sluice.engine.port.Http;
import sluice.engine.port.Resolver;
import sluice.transport.netty.Caller;
import sluice.transport.netty.NettyLoop;

/** HTTP and HTTPS on a {@link NettyLoop}. Loop only. */
public final class NettyHttp implements Http {
  private final NettyLoop loop;
  private final Resolver resolver;
  private final Callers callers;
  private final String userAgent;
  private final Tls tls;
  private final Links links;
  private final String lane;

  /**
   * Who opens connections.
   *
   * @param requests for questions with their answers, as those to trackers
   * @param downloads for parts of files
   */
  public record Callers(Caller requests, Caller downloads) {}

  /** Requests that go out by {@code callers}. */
  public NettyHttp(NettyLoop loop, Resolver resolver, Callers callers, String userAgent, Tls tls) {
    this(loop, resolver, callers, userAgent, tls, new Links(loop), "");
  }

  private NettyHttp(
      NettyLoop loop,
      Resolver resolver,
      Callers callers,
      String userAgent,
      Tls tls,
      Links links,
      String lane) {
    this.loop = loop;
    this.resolver = resolver;
    this.callers = callers;
    this.userAgent = userAgent;
    this.tls = tls;
    this.links = links;
    this.lane = lane;
  }

  @Override
  public Http lane(String label) {
    Callers apart = new Callers(callers.requests().lane(label), callers.downloads().lane(label));
    return apart.equals(callers)
        ? this
        : new NettyHttp(loop, resolver, apart, userAgent, tls, links, label);
  }

  /** Connections of different lanes are not used for one another. */
  String lane() {
    return lane;
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

  Callers callers() {
    return callers;
  }

  /** The same request with the name of the program, if it is to be told. */
  <T extends HttpRequest> T signed(T request) {
    if (!userAgent.isEmpty()) {
      request.headers().set(HttpHeaderNames.USER_AGENT, userAgent);
    }
    return request;
  }

  Tls tls() {
    return tls;
  }
}
