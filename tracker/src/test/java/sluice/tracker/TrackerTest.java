package sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.protocol.digest.Hash;
import sluice.tracker.access.NamedTorrents;
import sluice.tracker.config.ConfigFile;
import sluice.tracker.config.TrackerSettings;

/** A whole tracker: lists, passkeys, accounts, pages and the administration. */
final class TrackerTest {
  private static final String TOKEN = "a-token-of-some-length";
  private static final Hash LISTED = Hash.sha1(new byte[] {1});
  private static final Hash OTHER = Hash.sha1(new byte[] {2});

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** What a store without peers takes. */
  private static final int MOST_BYTES_AT_REST = 1 << 20;

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private Tracker start(String access) throws IOException {
    Path file = folder.resolve("tracker.toml");
    String text =
        "udp = '127.0.0.1:0'\nhttp = '127.0.0.1:0'\n[admin]\ntoken = '" + TOKEN + "'\n" + access;
    Files.writeString(file, text);
    SettingsSource source =
        new SettingsSource() {
          @Override
          public TrackerSettings read() throws IOException {
            return ConfigFile.read(file);
          }

          @Override
          public List<Path> files() {
            return List.of(file);
          }
        };
    return Tracker.start(source.read(), source);
  }

  private HttpResponse<String> ask(Tracker tracker, String method, String target, String token)
      throws IOException, InterruptedException {
    InetSocketAddress address = tracker.httpAddresses().getFirst();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(
        request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  private String announce(Tracker tracker, String prefix, Hash hash, String id, String more)
      throws IOException, InterruptedException {
    String query =
        "info_hash=" + hash.hex().replaceAll("(..)", "%$1") + "&peer_id=" + id + "&port=6001";
    return ask(tracker, "GET", prefix + "/announce?" + query + more, "").body();
  }

  @Test
  void onlyListedTorrentsAndOnlyGoodClients() throws Exception {
    Files.writeString(folder.resolve("list"), "# ours\n" + LISTED.hex() + " # one\n\n");
    String access = "[access]\nmode = 'allow'\ntorrents = 'list'\ndenied-clients = ['-XX']\n";
    try (Tracker tracker = start(access)) {
      String good = "-YY0001-abcdefghijkl";
      assertThat(announce(tracker, "", LISTED, good, "")).startsWith("d8:complete");
      assertThat(announce(tracker, "", OTHER, good, ""))
          .isEqualTo("d14:failure reason35:torrent not allowed on this tracker8:retry in5:nevere");
      assertThat(announce(tracker, "", LISTED, "-XX0001-abcdefghijkl", ""))
          .contains("client not allowed");
      Files.writeString(folder.resolve("list"), OTHER.hex());
      assertThat(ask(tracker, "POST", "/api/v1/reload", TOKEN).statusCode()).isEqualTo(200);
      assertThat(announce(tracker, "", OTHER, good, "")).startsWith("d8:complete");
      assertThat(announce(tracker, "", LISTED, good, "")).contains("not allowed");
      Files.writeString(folder.resolve("list"), "nonsense");
      HttpResponse<String> bad = ask(tracker, "POST", "/api/v1/reload", TOKEN);
      assertThat(bad.statusCode()).isEqualTo(409);
      assertThat(bad.body()).contains("list:1: not 40 hex digits");
      assertThat(announce(tracker, "", OTHER, good, "")).startsWith("d8:complete");
    }
  }

  @Test
  void rulesAreReadAgain() throws Exception {
    try (Tracker tracker = start("[rules]\ninterval = 1000\njitter-percent = 0\n")) {
      String id = "-YY0001-abcdefghijkl";
      assertThat(announce(tracker, "", LISTED, id, "")).contains("8:intervali1000e");
      Path file = folder.resolve("tracker.toml");
      String text = Files.readString(file);
      String changed = text.replace("1000", "2000") + "address-per-second = 2\n";
      Files.writeString(file, changed + "[access]\ndenied-clients = ['-ZZ']\n");
      assertThat(ask(tracker, "POST", "/api/v1/reload", TOKEN).statusCode()).isEqualTo(200);
      assertThat(announce(tracker, "", LISTED, id, "")).contains("8:intervali2000e");
      assertThat(announce(tracker, "", LISTED, "-ZZ0001-abcdefghijkl", ""))
          .contains("client not allowed");
      Files.writeString(file, text + "nonsense = 1\n");
      assertThat(tracker.reload()).contains("nonsense");
      assertThat(tracker.core().rules().intervalSeconds()).isEqualTo(2_000);
      assertThat(tracker.core().rules().addressPerSecond()).isEqualTo(2);
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (tracker.core().rules().intervalSeconds() != 1_000) {
        assertThat(System.nanoTime()).as("the file is watched").isLessThan(end);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  @Test
  void usersHavePasskeysAndAccounts() throws Exception {
    Files.writeString(folder.resolve("users"), "abc123 Ann \"the\" first\nxyz Bob\n");
    try (Tracker tracker = start("[access]\nusers = 'users'\n")) {
      String id = "-YY0001-abcdefghijkl";
      assertThat(announce(tracker, "", LISTED, id, "")).contains("passkey missing");
      assertThat(announce(tracker, "/nobody", LISTED, id, "")).contains("unknown passkey");
      announce(tracker, "/abc123", LISTED, id, "&uploaded=1000&downloaded=5&event=started");
      announce(tracker, "/abc123", LISTED, id, "&uploaded=1700&downloaded=50");
      announce(tracker, "/abc123", LISTED, id, "&uploaded=100&downloaded=60&event=stopped");
      announce(tracker, "", OTHER, id, "&passkey=xyz&uploaded=9");
      assertThat(ask(tracker, "GET", "/api/v1/users", TOKEN).body())
          .isEqualTo(
              """
              [{"name":"Ann \\u0022the\\u0022 first","uploaded":700,"downloaded":55,\
              "announces":3,"transfers":0},
              {"name":"Bob","uploaded":0,"downloaded":0,"announces":1,"transfers":1}]
              """);
      assertThat(ask(tracker, "GET", "/api/v1/users", TOKEN + "x").statusCode()).isEqualTo(401);
      assertThat(ask(tracker, "GET", "/api/v1/users", "").statusCode()).isEqualTo(401);
    }
  }

  /** As inside of a client: it starts and ends at will, and serves what the client names. */
  @Test
  void programsSayWhatIsServed() throws Exception {
    NamedTorrents own = new NamedTorrents();
    List<InetSocketAddress> any = List.of(new InetSocketAddress("127.0.0.1", 0));
    TrackerSettings settings = TrackerSettings.DEFAULT.listening(any, any);
    for (int i = 0; i < 3; i++) {
      own.add(LISTED);
      try (Tracker tracker = Tracker.start(settings, own)) {
        String id = "-YY0001-abcdefghijkl";
        assertThat(announce(tracker, "", LISTED, id, "")).startsWith("d8:complete");
        assertThat(announce(tracker, "", OTHER, id, "")).contains("not served here8:retry ini5e");
        assertThat(tracker.reload()).isEmpty();
        assertThat(announce(tracker, "", OTHER, id, "")).contains("not served here8:retry ini5e");
        own.remove(LISTED);
        assertThat(announce(tracker, "", LISTED, id, "")).contains("not served here8:retry ini5e");
        assertThat(tracker.core().store().counts().bytes()).isLessThan(MOST_BYTES_AT_REST);
      }
    }
  }

  @Test
  void pagesTellWhatIsGoingOn() throws Exception {
    try (Tracker tracker = start("")) {
      announce(tracker, "", LISTED, "-YY0001-abcdefghijkl", "&left=0");
      assertThat(ask(tracker, "GET", "/health", "").body()).isEqualTo("ok\n");
      assertThat(ask(tracker, "GET", "/metrics", "").body())
          .contains("sluice_tracker_requests_total{kind=\"announce\",way=\"http\"} 1.0\n")
          .contains("sluice_tracker_peers{family=\"ipv4\"} 1.0\n")
          .contains("sluice_tracker_seeds 1.0\n");
      assertThat(ask(tracker, "GET", "/", "").body())
          .startsWith("<!DOCTYPE html>")
          .contains("<dt>Torrents</dt><dd>1</dd>")
          .contains("<svg ", " ago</text>")
          .as("needs nothing from anywhere")
          .doesNotContain("src=", "href=", "url(", "://", "<script", "@import");
      assertThat(ask(tracker, "GET", "/api/v1/status", TOKEN).body())
          .startsWith("{\"swarms\":1,\"ipv4Peers\":1,");
      assertThat(ask(tracker, "GET", "/api/v1/nothing", TOKEN).statusCode()).isEqualTo(404);
      assertThat(ask(tracker, "POST", "/", "").statusCode()).isEqualTo(405);
    }
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("tracker-"))
            .toList();
    assertThat(threads).isEmpty();
  }
}
