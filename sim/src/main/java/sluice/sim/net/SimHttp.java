package sluice.sim.net;

import java.net.Inet6Address;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.sim.world.SimLoop;

/** HTTP to the sites of the simulated network; one round trip to connect and one to ask. */
public final class SimHttp implements Http {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final SimNet net;
  private final SimLoop loop;

  /** The HTTP client of the process behind {@code net}. */
  public SimHttp(SimNet net) {
    this.net = net;
    this.loop = net.loop();
  }

  @Override
  public void get(Request request, Handler handler) {
    loop.check();
    long oneWay = net.profile().latencyNanos();
    boolean family =
        request.ipv6().map(v6 -> v6 == (net.address() instanceof Inet6Address)).orElse(true);
    Optional<Site> site = net.network().site(authority(request.uri()));
    if (!family || net.network().isIsolated(net.address())) {
      fail(0, handler, new Fault(Fault.Kind.UNREACHABLE, "no route"));
    } else if (site.isEmpty()) {
      fail(oneWay, handler, new Fault(Fault.Kind.UNKNOWN_HOST, "unknown host"));
    } else {
      net.network()
          .world()
          .schedule(3 * oneWay, "request", () -> ask(site.get(), request, handler, oneWay));
    }
  }

  @Override
  public Download download(Range range, Receiver receiver) {
    loop.check();
    Optional<Site> site = net.network().site(authority(range.uri()));
    SimDownload made = new SimDownload(net, range, receiver);
    made.start(site);
    return made;
  }

  private void ask(Site site, Request request, Handler handler, long oneWay) {
    switch (site.get(net.address(), request.uri())) {
      case Site.Answer.Body(int status, String latin1) -> {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > request.maxBodyBytes()) {
          fail(oneWay, handler, new Fault(Fault.Kind.BAD_ANSWER, "the answer is too large"));
        } else {
          loop.post(oneWay, "answer", () -> handler.onAnswer(status, bytes));
        }
      }
      case Site.Answer.Refused() ->
          fail(oneWay, handler, new Fault(Fault.Kind.REFUSED, "connection refused"));
      case Site.Answer.Silence() ->
          fail(request.timeoutNanos(), handler, new Fault(Fault.Kind.TIMEOUT, "no answer"));
    }
  }

  private void fail(long delayNanos, Handler handler, Fault fault) {
    loop.post(delayNanos, "no answer", () -> handler.onFault(fault));
  }

  private static String authority(URI uri) {
    int fallback = "https".equals(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    return uri.getHost() + ":" + (uri.getPort() < 0 ? fallback : uri.getPort());
  }
}
