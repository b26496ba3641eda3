package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;
import sluice.tracker.websocket.Signalling;

/** Connections that ask more than once, whatever they ask next. */
final class KeptConnectionsTest {
  private static final int WIRES = 8;

  /** Those that were closed may be counted for another moment. */
  private static final int PLENTY = 64;

  private static final String ANNOUNCE =
      "GET /announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=6001"
          + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private final TrackerCore core =
      new TrackerCore(
          new Rules(1_800, 900, 0, 50, 200, 1_000_000, 0), StoreLimits.DEFAULT, Gate.OPEN, 5);
  private HttpServer server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws IOException {
    Clock clock = Clock.system();
    Signalling talks = new Signalling(core, clock, 1);
    HttpOptions options = new HttpOptions(1, PLENTY, 30, Set.of(), "");
    server = new HttpServer(core, clock, options, Pages.NONE, talks);
    address = server.listen(new InetSocketAddress("127.0.0.1", 0));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void asks(Wire wire, String where) throws IOException {
    assertThat(wire.say(ANNOUNCE).hear().body()).as(where).startsWith("d8:complete");
  }

  @Test
  void anythingMayFollow() throws IOException {
    long seed = Long.getLong("sluice.seed", 21L);
    Random random = new Random(seed);
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < WIRES; i++) {
      wires.add(new Wire(address));
    }
    for (int step = 0; step < 2_000; step++) {
      String where = "seed " + seed + ", step " + step;
      int who = random.nextInt(WIRES);
      Wire wire = wires.get(who);
      switch (random.nextInt(20)) {
        case 0 -> {
          wire.say(ANNOUNCE + ANNOUNCE);
          assertThat(wire.hear().body()).as(where).startsWith("d8:complete");
          assertThat(wire.hear().body()).as(where).startsWith("d8:complete");
        }
        case 1 -> {
          int cut = 1 + random.nextInt(ANNOUNCE.length() - 1);
          wire.say(ANNOUNCE.substring(0, cut)).say(ANNOUNCE.substring(cut));
          assertThat(wire.hear().body()).as(where).startsWith("d8:complete");
        }
        case 2 -> {
          wire.say(ANNOUNCE.replace("Host: t", "Connection: close"));
          assertThat(wire.hear().head()).as(where).contains("Connection: close");
          assertThat(wire.isClosed()).as(where).isTrue();
          wires.set(who, again(wire));
        }
        case 3 -> {
          assertThat(wire.say("x y\r\n\r\n").hear().head()).as(where).startsWith("HTTP/1.1 400");
          assertThat(wire.isClosed()).as(where).isTrue();
          wires.set(who, again(wire));
        }
        case 4 -> {
          wire.say("GET /page HTTP/1.1\r\nHost: t\r\n\r\n");
          assertThat(wire.hear().head()).as(where).startsWith("HTTP/1.1 404");
          wires.set(who, again(wire));
        }
        case 5 -> wires.set(who, again(wire));
        default -> asks(wire, where);
      }
    }
    for (Wire wire : wires) {
      wire.close();
    }
  }

  private Wire again(Wire wire) throws IOException {
    wire.close();
    return new Wire(address);
  }
}
