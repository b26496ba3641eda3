package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;
import sluice.tracker.websocket.Signalling;

/** Clients that always say a bit more and never come to an end. */
final class SlowClientTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String ANNOUNCE =
      "GET /announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=6001"
          + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private static final List<String> BEGINNINGS =
      List.of(
          "GET /announce?",
          "GET /a HTTP/1.1\r\nX: ",
          "POST /announce HTTP/1.1\r\nContent-Length: 4000\r\n\r\n",
          "GET /page HTTP/1.1\r\nContent-Length: 4000\r\nHost: t\r\n\r\n",
          ANNOUNCE + "GET /announce?");

  private final HandClock clock = new HandClock();
  private final TrackerCore core =
      new TrackerCore(Rules.DEFAULT, StoreLimits.DEFAULT, Gate.OPEN, 5);

  /** Each bit that one says is a second later, so that only the tracker's patience ends it. */
  @Test
  void whoNeverEndsIsClosed() throws IOException {
    Signalling talks = new Signalling(core, clock, 1);
    HttpOptions options = new HttpOptions(1, 8, 1, Set.of(), "");
    List<Wire> slow = new ArrayList<>();
    try (HttpServer server = new HttpServer(core, clock, options, Pages.NONE, talks)) {
      InetSocketAddress address = server.listen(new InetSocketAddress("127.0.0.1", 0));
      for (String beginning : BEGINNINGS) {
        slow.add(new Wire(address).say(beginning));
      }
      assertThat(slow.getLast().hear().body()).startsWith("d8:complete");
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!slow.isEmpty()) {
        assertThat(System.nanoTime()).as("%d are closed", slow.size()).isLessThan(end);
        clock.pass(1);
        for (Wire wire : List.copyOf(slow)) {
          if (wire.findsClosed("x")) {
            wire.close();
            slow.remove(wire);
          }
        }
      }
      assertThat(Wire.get(address, "/announce?info_hash=abc").body()).contains("failure");
    } finally {
      for (Wire wire : slow) {
        wire.close();
      }
    }
  }
}
