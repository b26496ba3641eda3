package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;

/** Who asks, behind proxies and without. */
final class ProxiesTest {
  private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress INNER = InetAddress.ofLiteral("::1");
  private static final String UPGRADE =
      "GET /announce HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

  private final TrackerCore core =
      new TrackerCore(Rules.DEFAULT, StoreLimits.DEFAULT, Gate.OPEN, 5);
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  /** Hears and says nothing. */
  private record Silent() implements Talks.Talk {
    @Override
    public void hear(String text) {
      throw new AssertionError(text);
    }

    @Override
    public void end() {}
  }

  private static HttpOptions options(Set<InetAddress> proxies) {
    return new HttpOptions(1, 8, 30, proxies, "X-Forwarded-For");
  }

  private static String client(String forwarded) {
    return new Proxies(options(Set.of(LOCAL, INNER)))
        .client(Sender.of(LOCAL), () -> forwarded)
        .map(sender -> sender.equals(Sender.of(InetAddress.ofLiteral("192.0.2.7"))) ? "7" : "?")
        .orElse("");
  }

  @Test
  void theLastThatIsNoProxyAsks() {
    assertThat(client("192.0.2.7")).isEqualTo("7");
    assertThat(client("10.0.0.1, 192.0.2.7 , 127.0.0.1,::1")).isEqualTo("7");
    assertThat(client("192.0.2.7, 192.0.2.8")).isEqualTo("?");
    assertThat(client("")).isEmpty();
    assertThat(client("192.0.2.7, unknown")).isEmpty();
    assertThat(client("127.0.0.1")).isEmpty();
  }

  /** What is answered to a browser whose connection has these header lines, too. */
  private String upgrade(Set<InetAddress> proxies, String lines) throws IOException {
    Talks talks =
        (_, remote, _) -> {
          seen.add(Arrays.toString(remote));
          return new Silent();
        };
    try (HttpServer server =
        new HttpServer(core, Clock.system(), options(proxies), Pages.NONE, talks)) {
      InetSocketAddress address = server.listen(new InetSocketAddress(LOCAL, 0));
      try (Wire wire = new Wire(address)) {
        return wire.say(UPGRADE + lines + "\r\n").hear(false).head();
      }
    }
  }

  @Test
  void browsersBehindAProxyHaveTheirOwnAddresses() throws IOException {
    String lines = "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 192.0.2.7, 127.0.0.1\r\n";
    assertThat(upgrade(Set.of(), lines)).startsWith("HTTP/1.1 101");
    assertThat(upgrade(Set.of(LOCAL), lines)).startsWith("HTTP/1.1 101");
    assertThat(seen).containsExactly("[127, 0, 0, 1]", "[-64, 0, 2, 7]");
    assertThat(upgrade(Set.of(LOCAL), "")).startsWith("HTTP/1.1 400");
  }
}
