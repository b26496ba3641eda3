package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.daemon.web.Json;
import sluice.engine.dht.DhtConfig;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import tools.jackson.databind.node.ObjectNode;

/** The numbers are those of what happened: trackers, a node of the DHT, and a peer that lies. */
class MetricsTest {
  private static final int PIECES = 4;
  private static final DhtConfig DHT = DhtConfig.with(List.of());
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final String REPLY = "d8:intervali1800e5:peers0:e";

  @TempDir Path temp;

  /** The value of a sample with its labels; 0 as long as it is not told. */
  private static double value(TestDaemon daemon, String sample) {
    try {
      return daemon
          .get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(sample + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
          .sum();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The sum of the samples of {@code name} that have {@code label}. */
  private static double all(TestDaemon daemon, String name, String label) throws Exception {
    return daemon
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void awaitValue(TestDaemon daemon, String sample) throws InterruptedException {
    TestDaemon.await(sample, () -> value(daemon, sample) > 0);
  }

  /** A peer that says it has everything, and of which the data have become zeros unseen. */
  private TorrentHandle liar(Client peer, byte[] torrent) throws Exception {
    Path data = temp.resolve("source");
    TorrentHandle handle = peer.add(torrent, AddOptions.into(data).withoutTrackers());
    handle.awaitCompletion();
    Files.write(data.resolve("a.bin"), new byte[PIECES << 16]);
    return handle;
  }

  private static int dhtPort(Client peer) throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    peer.dht(dht -> dht.whenBound(false, () -> port.complete(dht.port(false))));
    return port.get();
  }

  /** What holds at present is told: limits, room, the program, and a transfer that goes well. */
  @Test
  void whatHoldsIsTold() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", PIECES << 16);
    ClientConfig theirs =
        ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(HERE, 0))).dht(DHT));
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"), config -> config.dht(DHT));
        Client peer = Client.open(theirs)) {
      assertThat(daemon.get("/metrics").body())
          .containsPattern("sluice_build_info\\{java=\"[^\"]+\",version=\"");
      Path downloads = temp.resolve("daemon").resolve("downloads").toAbsolutePath().normalize();
      awaitValue(daemon, "sluice_disk_free_bytes{path=\"" + downloads + "\"}");
      daemon.send(
          daemon
              .request("/api/v2/transfer/setDownloadLimit")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString("limit=7340032")));
      TestDaemon.await(
          "the limit",
          () -> value(daemon, "sluice_rate_limit_bytes_per_second{direction=\"down\"}") == 7 << 20);
      TorrentHandle seed =
          peer.add(torrent, AddOptions.into(temp.resolve("source")).withoutTrackers());
      seed.awaitCompletion();
      daemon.json(
          "POST",
          "/api/v1/torrents",
          Json.object().put("file", Base64.getEncoder().encodeToString(torrent)));
      seed.offer(List.of(new Endpoint(HERE, daemon.daemon.peerPort())))
          .toCompletableFuture()
          .join();
      TestDaemon.await(
          "all pieces", () -> value(daemon, "sluice_pieces_total{result=\"ok\"}") == PIECES);
      awaitValue(daemon, "sluice_disk_operation_duration_seconds_count{op=\"write\"}");
      assertThat(value(daemon, "sluice_disk_bytes_total{op=\"write\"}")).isEqualTo(PIECES << 16);
      assertThat(value(daemon, "sluice_payload_bytes_total{direction=\"down\"}"))
          .isGreaterThanOrEqualTo(PIECES << 16);
      // Overhead of a transfer is small, and never less than nothing.
      assertThat(value(daemon, "sluice_protocol_bytes_total{direction=\"down\"}"))
          .isBetween(1.0, 65_536.0);
      assertThat(value(daemon, "sluice_protocol_bytes_total{direction=\"up\"}"))
          .isBetween(1.0, 65_536.0);
    }
  }

  @Test
  void whatHappensIsCounted() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", PIECES << 16);
    HttpServer tracker = FixedTracker.start(REPLY);
    ClientConfig theirs =
        ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(HERE, 0))).dht(DHT));
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"), config -> config.dht(DHT));
        Client peer = Client.open(theirs)) {
      assertThat(value(daemon, "sluice_peers_banned_total")).isZero();
      Endpoint node = new Endpoint(HERE, dhtPort(peer));
      daemon.daemon.client().dht(dht -> dht.whenBound(false, () -> dht.learn(node)));
      awaitValue(daemon, "sluice_dht_nodes{family=\"ipv4\"}");
      assertThat(value(daemon, "sluice_dht_nodes{family=\"ipv4\"}")).isEqualTo(1);
      assertThat(value(daemon, "sluice_dht_nodes{family=\"ipv6\"}")).isZero();
      assertThat(daemon.json("/api/v2/transfer/info").path("dht_nodes").asInt()).isEqualTo(1);
      awaitValue(daemon, "sluice_event_loop_lag_seconds_count");

      daemon.json(
          "POST",
          "/api/v1/torrents",
          Json.object().put("file", Base64.getEncoder().encodeToString(torrent)));
      String id = daemon.json("/api/v1/torrents").path("torrents").path(0).path("id").asString();
      ObjectNode tiers = Json.object();
      tiers.putArray("tiers").addArray().add("http://127.0.0.1:1/announce");
      daemon.json("PUT", "/api/v1/torrents/" + id + "/trackers", tiers);
      awaitValue(daemon, "sluice_announces_total{kind=\"http\",result=\"failed\"}");
      assertThat(value(daemon, "sluice_announces_total{kind=\"http\",result=\"ok\"}")).isZero();
      String url = "http://127.0.0.1:" + tracker.getAddress().getPort() + "/announce";
      tiers.putArray("tiers").addArray().add(url);
      daemon.json("PUT", "/api/v1/torrents/" + id + "/trackers", tiers);
      awaitValue(daemon, "sluice_announces_total{kind=\"http\",result=\"ok\"}");

      liar(peer, torrent)
          .offer(List.of(new Endpoint(HERE, daemon.daemon.peerPort())))
          .toCompletableFuture()
          .join();
      awaitValue(daemon, "sluice_peers_banned_total");
      awaitValue(daemon, "sluice_wasted_bytes_total");
      assertThat(value(daemon, "sluice_torrents{state=\"downloading\"}")).isEqualTo(1);
      awaitValue(daemon, "sluice_pieces_total{result=\"failed\"}");
      awaitValue(daemon, "sluice_peer_disconnects_total{reason=\"ours\"}");
      awaitValue(daemon, "sluice_protocol_bytes_total{direction=\"down\"}");
      assertThat(all(daemon, "sluice_handshakes_total", "result=\"ok\"")).isPositive();
      assertThat(all(daemon, "sluice_dht_queries_total", "result=\"answered\"")).isPositive();
      assertThat(value(daemon, "sluice_announce_duration_seconds_count{kind=\"http\"}"))
          .isPositive();
      assertThat(value(daemon, "sluice_hash_bytes_total")).isGreaterThanOrEqualTo(1 << 16);
      assertThat(value(daemon, "sluice_pieces_total{result=\"ok\"}")).isZero();
      assertThat(value(daemon, "http_requests_total{code=\"200\",route=\"/metrics\"}"))
          .isGreaterThan(2);
      assertThat(value(daemon, "http_request_duration_seconds_count{route=\"/metrics\"}"))
          .isGreaterThan(2);
    } finally {
      tracker.stop(0);
    }
  }
}
