package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How large a swarm is by its tracker is told in all APIs. */
class TrackerCountsTest {
  private static final String REPLY = "d8:completei7e10:incompletei5e8:intervali1800e5:peers0:e";

  @TempDir Path temp;

  private static JsonNode rpc(TestDaemon daemon, ObjectNode body) throws Exception {
    String path = "/transmission/rpc";
    String session =
        daemon.get(path).headers().firstValue("X-Transmission-Session-Id").orElseThrow();
    var answer =
        daemon.send(
            daemon
                .request(path)
                .header("X-Transmission-Session-Id", session)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8)).path("arguments");
  }

  @Test
  void allApisTellWhatTheTrackerTold() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", 100_000);
    HttpServer tracker = FixedTracker.start(REPLY);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      ObjectNode add = Json.object().put("method", "torrent-add");
      add.putObject("arguments").put("metainfo", Base64.getEncoder().encodeToString(torrent));
      String hash = rpc(daemon, add).path("torrent-added").path("hashString").asString();
      long rid = daemon.json("/api/v2/sync/maindata").path("rid").asLong();
      String url = "http://127.0.0.1:" + tracker.getAddress().getPort() + "/announce";
      ObjectNode trackers = Json.object();
      trackers.putArray("tiers").addArray().add(url);
      daemon.json("PUT", "/api/v1/torrents/" + hash + "/trackers", trackers);
      String own = "/api/v1/torrents/" + hash + "/trackers";
      TestDaemon.await(
          "announced",
          () -> daemon.told(own).path("trackers").path(0).path("seeds").asInt(-1) == 7);
      assertThat(daemon.json(own).path("trackers").path(0).path("leeches").asInt()).isEqualTo(5);

      TestDaemon.await(
          "told of the change",
          () ->
              daemon
                      .told("/api/v2/sync/maindata?rid=" + rid)
                      .path("torrents")
                      .path(hash)
                      .path("num_complete")
                      .asInt()
                  == 7);
      JsonNode one = daemon.json("/api/v2/torrents/info").path(0);
      assertThat(one.path("num_incomplete").asInt()).isEqualTo(5);
      JsonNode row = daemon.json("/api/v2/torrents/trackers?hash=" + hash).path(3);
      assertThat(row.path("url").asString()).isEqualTo(url);
      assertThat(row.path("num_seeds").asInt()).isEqualTo(7);
      assertThat(row.path("num_leeches").asInt()).isEqualTo(5);

      ObjectNode get = Json.object().put("method", "torrent-get");
      get.putObject("arguments").putArray("fields").add("trackerStats");
      JsonNode stats = rpc(daemon, get).path("torrents").path(0).path("trackerStats").path(0);
      assertThat(stats.path("seederCount").asInt()).isEqualTo(7);
      assertThat(stats.path("leecherCount").asInt()).isEqualTo(5);
      assertThat(stats.path("nextAnnounceTime").asLong())
          .isEqualTo(stats.path("lastAnnounceTime").asLong() + 1_800);
    } finally {
      tracker.stop(0);
    }
  }

  @Test
  void groupsOfBandwidthAreMadeAndTorrentsAreInThem() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "b.bin", 100_000);
    Path folder = temp.resolve("daemon");
    ObjectNode get = Json.object().put("method", "group-get");
    try (TestDaemon daemon = new TestDaemon(folder)) {
      assertThat(rpc(daemon, get).path("group").size()).isZero();
      ObjectNode set = Json.object().put("method", "group-set");
      set.putObject("arguments")
          .put("name", "slow")
          .put("speed-limit-up", 20)
          .put("speed-limit-up-enabled", true);
      rpc(daemon, set);
      ObjectNode add = Json.object().put("method", "torrent-add");
      add.putObject("arguments").put("metainfo", Base64.getEncoder().encodeToString(torrent));
      rpc(daemon, add);
      ObjectNode join = Json.object().put("method", "torrent-set");
      join.putObject("arguments").put("group", "slow");
      rpc(daemon, join);
    }
    try (TestDaemon daemon = new TestDaemon(folder)) {
      JsonNode slow = rpc(daemon, get).path("group").path(0);
      assertThat(slow.path("name").asString()).isEqualTo("slow");
      assertThat(slow.path("speed-limit-up").asInt()).isEqualTo(20);
      assertThat(slow.path("speed-limit-up-enabled").booleanValue()).isTrue();
      assertThat(slow.path("speed-limit-down-enabled").booleanValue()).isFalse();
      assertThat(slow.path("honorsSessionLimits").booleanValue()).isTrue();
      ObjectNode ask = Json.object().put("method", "torrent-get");
      ask.putObject("arguments").putArray("fields").add("group");
      assertThat(rpc(daemon, ask).path("torrents").path(0).path("group").asString())
          .isEqualTo("slow");
      var plan = daemon.daemon.client().policies().bandwidthPlan().orElseThrow();
      assertThat(plan.classes().getFirst().up().ceiling()).isEqualTo(20_000);
    }
  }
}
