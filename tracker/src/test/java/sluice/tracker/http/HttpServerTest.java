package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.protocol.announce.AnnounceReply;
import sluice.protocol.announce.HttpAnnounce;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;
import sluice.tracker.websocket.Signalling;

/** BEP 3, 7, 21, 23, 24, 31 and 48 at the tracker, over loopback, byte by byte. */
final class HttpServerTest {
  private static final String HASH = "%00%01%fF%20abcdefghijklmnop";
  private static final String RAW_HASH = "\0\1\u00ff abcdefghijklmnop";
  private static final String ID = "-XX0001-abcdefghijkl";

  private final TrackerCore core =
      new TrackerCore(
          new Rules(1_800, 900, 0, 50, 200, 1_000_000, 0), StoreLimits.DEFAULT, Gate.OPEN, 5);
  private HttpServer server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws IOException {
    start(new HttpOptions(1, 64, 30, Set.of(), ""));
  }

  private void start(HttpOptions options) throws IOException {
    server =
        new HttpServer(
            core, Clock.system(), options, Pages.NONE, new Signalling(core, Clock.system(), 1));
    address = server.listen(new InetSocketAddress("127.0.0.1", 0));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String announce(int port, String more) {
    return "/announce?info_hash=" + HASH + "&peer_id=" + ID + "&port=" + port + more;
  }

  private String body(int port, String more) throws IOException {
    return Wire.get(address, announce(port, more)).body();
  }

  @Test
  void compactAnswersAsBytes() throws IOException {
    String own = "11:external ip4:\u007f\0\0\1";
    String end = "8:intervali1800e12:min intervali900e5:peers";
    assertThat(body(6001, "&left=0"))
        .isEqualTo("d8:completei1e10:downloadedi0e" + own + "10:incompletei0e" + end + "0:e");
    assertThat(body(6002, "&left=5&compact=1"))
        .isEqualTo(
            "d8:completei1e10:downloadedi0e"
                + own
                + "10:incompletei1e"
                + end
                + "6:\u007f\0\0\1\u0017\u0071e");
    for (String more : List.of("", "&no_peer_id=1")) {
      assertThat(body(6003, "&left=5&compact=0&numwant=1" + more))
          .matches("(?s).*5:peersld2:ip9:127.0.0.14:porti600[12]eeee");
    }
  }

  /** A client that was told another tracker's name keeps it: it is told what it has said. */
  @Test
  void theTrackersNameIsToldAgain() throws IOException {
    assertThat(body(6001, "&trackerid=a%00b")).endsWith("5:peers0:10:tracker id3:a\0be");
    assertThat(body(6002, "&trackerid=&left=1")).endsWith("5:peers6:\u007f\0\0\1\u0017\u0071e");
    assertThat(body(6001, "&compact=0&trackerid=" + "x".repeat(65))).endsWith("porti6002eeee");
  }

  @Test
  void ourOwnClientReadsIt() throws IOException {
    body(6001, "&left=0");
    body(6002, "&left=1&event=paused");
    byte[] bytes =
        body(6003, "&left=7&event=started").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    AnnounceReply.Peers reply = (AnnounceReply.Peers) HttpAnnounce.parse(bytes);
    assertThat(reply.peers()).hasSize(2);
    assertThat(reply.seeds()).hasValue(1);
    assertThat(reply.leeches()).hasValue(2);
    assertThat(reply.intervalSeconds()).isEqualTo(1_800);
    assertThat(reply.externalIp()).contains(InetAddress.ofLiteral("127.0.0.1"));
  }

  @Test
  void bothFamiliesMeet() throws IOException {
    InetSocketAddress six = server.listen(new InetSocketAddress("::1", 0));
    body(6001, "&left=5");
    String reply = Wire.get(six, announce(6002, "&left=5&ipv4=9.9.9.9&ip=9.9.9.9")).body();
    assertThat(reply).contains("external ip16:").endsWith("5:peers6:\u007f\0\0\1\u0017\u0071e");
    assertThat(body(6001, "&left=5"))
        .endsWith("5:peers0:6:peers618:" + "\0".repeat(15) + "\1\u0017\u0072e");
    assertThat(body(6001, "&left=5&compact=0")).endsWith("5:peersld2:ip3:::14:porti6002eeee");
  }

  @Test
  void scrapesOfOneAndOfSeveral() throws IOException {
    body(6001, "&left=5");
    body(6001, "&left=0&event=completed");
    body(6002, "&left=5&event=paused");
    String entry =
        "20:" + RAW_HASH + "d8:completei1e10:downloadedi1e11:downloadersi0e10:incompletei1ee";
    assertThat(Wire.get(address, "/scrape?info_hash=" + HASH).body())
        .isEqualTo("d5:filesd" + entry + "ee");
    String other = "%ff".repeat(20);
    String target = "/x/scrape?info_hash=" + other + "&info_hash=" + HASH + "&info_hash=" + HASH;
    assertThat(Wire.get(address, target).body()).isEqualTo("d5:filesd" + entry + "ee");
    Wire.get(address, announce(6001, "&left=5").replace(HASH, other));
    assertThat(Wire.get(address, target).body())
        .startsWith("d5:filesd" + entry + "20:" + "\u00ff".repeat(20) + "d8:complete");
  }

  @Test
  void stoppedPeersAreGone() throws IOException {
    body(6001, "&left=5");
    assertThat(body(6001, "&left=5&event=stopped")).endsWith("5:peers0:e");
    assertThat(body(6002, "&left=5&event=stopped&port=0")).startsWith("d8:completei0e");
    assertThat(core.store().counts().peers()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/announce | info_hash missing",
        "/announce? | info_hash missing",
        "/announce?info_hash=abc | info_hash is not 20 bytes",
        "/announce?info_hash=%zz%01%02%03abcdefghijklmnop&peer_id=x | info_hash is not 20 bytes",
        "/announce?info_hash=abcdefghijklmnopqrst%2 | info_hash is not 20 bytes",
        "/announce?info_hash=abcdefghijklmnopqrstu | info_hash is not 20 bytes",
        "/announce?info_hash=abcdefghijklmnopqrst | peer_id missing",
        "/announce?info_hash=abcdefghijklmnopqrst&peer_id=x | peer_id is not 20 bytes",
        "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst | port missing",
        "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=0 | port",
        "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=65536 | port",
        "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=-1 | port",
        "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=1e3 | port",
        "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port= | port",
        "/scrape | info_hash missing",
        "/scrape?info_hash | info_hash is not 20 bytes",
        "/scrape?info_hash=%00 | info_hash is not 20 bytes",
      })
  void whatIsWrongIsSaidWithStatus200(String target, String reason) throws IOException {
    Wire.Answer answer = Wire.get(address, target);
    assertThat(answer.head()).startsWith("HTTP/1.1 200 OK\r\n");
    assertThat(answer.body()).startsWith("d14:failure reason").contains(reason).endsWith("e");
  }

  @Test
  void numbersThatMakeNoSenseAreClamped() throws IOException {
    String more =
        "&uploaded=-5&downloaded=99999999999999999999999&left=99999999999999999999&numwant=-7";
    assertThat(body(6001, more)).startsWith("d8:completei0e").contains("10:incompletei1e");
    assertThat(body(6002, "&left=-1")).contains("10:incompletei2e");
    assertThat(body(6003, "&left=x&numwant=x&event=x&&&=&a=b=c;d")).contains("10:incompletei3e");
    assertThat(body(6003, "&left=4294967296&numwant=99999999999")).contains("10:incompletei3e");
    for (int i = 0; i < 300; i++) {
      body(7_000 + i, "&left=1");
    }
    assertThat(body(6001, "&left=1")).contains("5:peers300:");
    assertThat(body(6001, "&left=1&numwant=99999999999")).contains("5:peers1200:");
    assertThat(body(6001, "&left=1&numwant=0")).contains("5:peers0:");
  }

  /** BEP 31: who asks too often may come again. */
  @Test
  void tooManyRequestsOfOneAddressAreToldToComeAgain() throws IOException {
    core.rules(new Rules(1_800, 900, 0, 50, 200, 1_000_000, 1));
    String refused = "d14:failure reason17:too many requests8:retry ini5ee";
    boolean seen = false;
    for (int i = 0; i < 1_000 && !seen; i++) {
      String answer = body(6001, "&left=1");
      seen = answer.equals(refused);
      assertThat(seen || answer.startsWith("d8:complete")).as(answer).isTrue();
      String scraped = Wire.get(address, "/scrape?info_hash=" + HASH).body();
      assertThat(scraped.equals(refused) || scraped.startsWith("d5:filesd")).as(scraped).isTrue();
    }
    assertThat(seen).isTrue();
  }

  @Test
  void connectionsAreKeptOrClosedAsAsked() throws IOException {
    String target = announce(6001, "&left=5");
    try (Wire wire = new Wire(address)) {
      wire.say(("GET " + target + " HTTP/1.1\r\n\r\n").repeat(3));
      for (int i = 0; i < 3; i++) {
        assertThat(wire.hear().head()).doesNotContain("close");
      }
      wire.say("HEAD " + target + " HTTP/1.1\r\n\r\n");
      assertThat(wire.hear(false).head()).contains("Content-Length: 1");
      wire.say("GET " + target + " HTTP/1.0\r\nconnection: Keep-Alive\r\n\r\n").hear();
      wire.say("GET " + target + " HTTP/1.1\r\nCONNECTION:close\r\n\r\n");
      assertThat(wire.hear().head()).contains("Connection: close");
      assertThat(wire.isClosed()).isTrue();
    }
    try (Wire wire = new Wire(address)) {
      wire.say("GET " + target + " HTTP/1.0\r\n\r\n").hear();
      assertThat(wire.isClosed()).isTrue();
    }
    try (Wire wire = new Wire(address)) {
      String request = "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
      for (int i = 0; i < request.length(); i++) {
        wire.say(request.substring(i, i + 1));
      }
      assertThat(wire.hear().body()).startsWith("d8:complete");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET /announce HTTP/2.0\r\n\r\n",
        "GET /announce\r\n\r\n",
        "GET announce HTTP/1.1\r\n\r\n",
        "GET http://x/announce HTTP/1.1\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "GET /announce HTTP/1.1 \r\n\r\n",
      })
  void whatIsNoHttpIsRefusedAndClosed(String request) throws IOException {
    try (Wire wire = new Wire(address)) {
      assertThat(wire.say(request).hear().head()).startsWith("HTTP/1.1 400");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void hugeHeadsAreRefused() throws IOException {
    for (String big :
        List.of(
            "GET /announce?" + "a".repeat(9_000),
            "GET /announce HTTP/1.1\r\n" + "X: y\r\n".repeat(2_000) + "\r\n")) {
      try (Wire wire = new Wire(address)) {
        assertThat(wire.say(big).hear().head()).startsWith("HTTP/1.1 431");
      }
    }
  }

  /** Whether a request comes whole or in parts, in a row or alone: all are answered in turn. */
  @Test
  void requestsAreReadInOrderHoweverTheyArrive() throws IOException {
    String request = "GET " + announce(6001, "&left=1") + " HTTP/1.1\r\nHost: x\r\nX: ";
    for (int parts = 1; parts < 40; parts++) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < parts; i++) {
        all.append(request).append("y".repeat(parts * 150)).append("\r\n\r\n");
      }
      try (Wire wire = new Wire(address)) {
        int cut = all.length() * parts / 41;
        wire.say(all.substring(0, cut)).say(all.substring(cut));
        for (int i = 0; i < parts; i++) {
          assertThat(wire.hear().body()).startsWith("d8:complete");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GET,/,404", "GET,/favicon.ico,404", "POST,/announce,405", "PUT,/x/scrape,405"})
  void otherRequestsAreAnswered(String method, String path, int status) throws IOException {
    try (Wire wire = new Wire(address)) {
      wire.say(method + " " + path + " HTTP/1.1\r\nContent-Length: 2\r\n\r\nab");
      assertThat(wire.hear().head()).startsWith("HTTP/1.1 " + status + " ");
      assertThat(wire.isClosed()).isTrue();
    }
    assertThat(body(6001, "&left=1")).startsWith("d8:complete");
  }

  @Test
  void aProxyIsBelievedOnlyWhenItIsConfigured() throws IOException {
    String request =
        "GET "
            + announce(6001, "&left=5")
            + " HTTP/1.1\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.77, 127.0.0.1\r\n\r\n";
    try (Wire wire = new Wire(address)) {
      assertThat(wire.say(request).hear().body()).contains("external ip4:\u007f\0\0\1");
    }
    stop();
    InetAddress proxy = InetAddress.ofLiteral("127.0.0.1");
    start(new HttpOptions(1, 64, 30, Set.of(proxy), "x-forwarded-for"));
    try (Wire wire = new Wire(address)) {
      assertThat(wire.say(request).hear().body()).contains("external ip4:\u00c0\0\2M");
    }
    for (String header : List.of("", "X-Forwarded-For: \r\n", "X-Forwarded-For: evil\r\n")) {
      try (Wire wire = new Wire(address)) {
        wire.say("GET " + announce(6001, "") + " HTTP/1.1\r\n" + header + "\r\n");
        assertThat(wire.hear().head()).startsWith("HTTP/1.1 400");
      }
    }
  }

  @Test
  void whoIsIdleMakesRoomForOthers() throws IOException {
    stop();
    start(new HttpOptions(1, 8, 30, Set.of(), ""));
    try (Wire first = new Wire(address);
        Wire second = new Wire(address)) {
      first.say("GET " + announce(6001, "&left=5") + " HTTP/1.1\r\n\r\n").hear();
      second.say("GET /slow");
      for (int i = 0; i < 40; i++) {
        assertThat(body(6002 + i, "&left=1")).startsWith("d8:complete");
      }
      Wire[] idle = new Wire[10];
      for (int i = 0; i < idle.length; i++) {
        idle[i] = new Wire(address);
      }
      assertThat(second.isClosed()).isTrue();
      for (Wire wire : idle) {
        wire.close();
      }
    }
  }

  @Test
  void anyBytesAreHandled() throws IOException {
    long seed = Long.getLong("sluice.seed", 12L);
    Random random = new Random(seed);
    String good = "GET " + announce(6001, "&left=5&compact=0") + " HTTP/1.1\r\nHost: x\r\n\r\n";
    Desk desk =
        new Desk(
            new HttpOptions(1, 1, 1, Set.of(InetAddress.ofLiteral("127.0.0.1")), "X-F"),
            new HttpResponder(core, Clock.system(), 1),
            core.counters().http());
    int answered = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      for (int flips = random.nextInt(5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
      }
      answered += Probe.answer(desk, bytes, "seed " + seed + ", step " + i) ? 1 : 0;
    }
    assertThat(answered).isBetween(1_000, 19_999);
  }
}
