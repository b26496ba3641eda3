package sluice.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.announce.EmbeddedTracker;
import sluice.daemon.config.TrackerPlace;
import sluice.daemon.web.Json;
import sluice.protocol.metainfo.MetainfoParser;

/** The tracker inside of a daemon. */
class EmbeddedTrackerTest {
  private static final List<InetSocketAddress> ANY =
      List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private static final String STRANGE = "%61".repeat(20);
  private static final String COUNTED = "8:completei1e";

  @TempDir Path temp;

  /** What a seed of the torrent with this escaped hash is told. */
  private static String announce(TestDaemon daemon, EmbeddedTracker tracker, String hash)
      throws Exception {
    String query =
        "?info_hash=%s&peer_id=bbbbbbbbbbbbbbbbbbbb&port=7000&left=0&compact=1".formatted(hash);
    URI uri = URI.create(tracker.urls().getFirst() + query);
    return daemon.send(HttpRequest.newBuilder(uri)).body();
  }

  @Test
  void answersForEveryTorrentWhenItIsToldTo() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp);
        EmbeddedTracker tracker =
            EmbeddedTracker.start(new TrackerPlace(ANY, true), daemon.daemon.client())) {
      assertThat(tracker.urls()).hasSize(2);
      assertThat(tracker.urls().getFirst()).startsWith("http://127.0.0.1:").endsWith("/announce");
      assertThat(announce(daemon, tracker, STRANGE)).contains(COUNTED);
      assertThat(tracker.swarms()).isEqualTo(1);
      assertThat(tracker.peers()).isEqualTo(1);
      assertThat(daemon.json("/api/v1/tracker").path("enabled").booleanValue()).isFalse();
    }
  }

  /** It has no administration, whoever asks: its calls are those of a tracker that has a token. */
  @Test
  void nobodyAdministersIt() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp);
        EmbeddedTracker tracker =
            EmbeddedTracker.start(new TrackerPlace(ANY, true), daemon.daemon.client())) {
      URI root = URI.create(tracker.urls().getFirst()).resolve("/");
      for (String call : List.of("GET status", "GET users", "POST reload", "DELETE users")) {
        String[] words = call.split(" ");
        for (String token : List.of("", "Bearer ", "Bearer " + daemon.key, "Bearer token")) {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(root.resolve("/api/v1/" + words[1]))
                  .method(words[0], HttpRequest.BodyPublishers.noBody());
          if (!token.isEmpty()) {
            request.header("Authorization", token);
          }
          assertThat(daemon.send(request).statusCode()).as(call + " " + token).isEqualTo(404);
        }
      }
    }
  }

  @Test
  void servesTheTorrentsOfTheDaemonAsLongAsTheyAreThere() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", 100_000);
    byte[] hash = MetainfoParser.parse(torrent).info().hashes().best().bytes();
    String escaped = "%" + HexFormat.ofDelimiter("%").formatHex(hash);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"));
        EmbeddedTracker tracker =
            EmbeddedTracker.start(new TrackerPlace(ANY, false), daemon.daemon.client())) {
      assertThat(announce(daemon, tracker, escaped)).contains("torrent not served here");
      String file = Base64.getEncoder().encodeToString(torrent);
      daemon.json("POST", "/api/v1/torrents", Json.object().put("stopped", true).put("file", file));
      // Who asked a moment before may have taken the time of the next look.
      TestDaemon.await("it is served", () -> isServed(daemon, tracker, escaped));
      assertThat(announce(daemon, tracker, STRANGE)).contains("torrent not served here");
      String form = "deleteFiles=false&hashes=" + HexFormat.of().formatHex(hash);
      daemon.post(
          "/api/v2/torrents/delete",
          "application/x-www-form-urlencoded",
          form.getBytes(ISO_8859_1));
      TestDaemon.await("it is served no longer", () -> !isServed(daemon, tracker, escaped));
    }
  }

  private static boolean isServed(TestDaemon daemon, EmbeddedTracker tracker, String escaped) {
    try {
      return announce(daemon, tracker, escaped).contains(COUNTED);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
