package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** Addresses that are blocked, and trackers that change. */
class BlockingTest {
  @TempDir Path temp;

  private static JsonNode rpc(TestDaemon daemon, String text) throws Exception {
    String session = "";
    HttpResponse<String> answer = null;
    for (int i = 0; i < 2; i++) {
      answer =
          daemon.send(
              daemon
                  .request("/transmission/rpc")
                  .header("X-Transmission-Session-Id", session)
                  .POST(HttpRequest.BodyPublishers.ofString(text.replace('\'', '"'))));
      session = answer.headers().firstValue("X-Transmission-Session-Id").orElse("");
    }
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> form(TestDaemon daemon, String path, String body)
      throws Exception {
    return daemon.post(
        "/api/v2/" + path,
        "application/x-www-form-urlencoded",
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void listsAreFetchedAndAddressesBanned() throws Exception {
    byte[] list =
        "192.0.2.0/24\nBad guys:198.51.100.1-198.51.100.9\n".getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean there = exchange.getRequestURI().getPath().equals("/list");
          byte[] body = there ? list : "<html>nothing</html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      rpc(
          daemon,
          "{'method':'session-set','arguments':{'blocklist-enabled':true,'blocklist-url':'"
              + url
              + "/list'}}");
      JsonNode updated = rpc(daemon, "{'method':'blocklist-update'}");
      assertThat(updated.path("arguments").path("blocklist-size").asInt()).isEqualTo(2);
      assertThat(daemon.json("PATCH", "/api/v1/filter", Json.object().put("url", url)).statusCode())
          .isEqualTo(200);
      assertThat(rpc(daemon, "{'method':'blocklist-update'}").path("result").asString())
          .contains("no line of it is understood");
      JsonNode filter = daemon.json("/api/v1/filter");
      assertThat(filter.path("ranges").asInt()).as("the last good list").isEqualTo(2);
      form(daemon, "transfer/banPeers", "peers=203.0.113.5:6881|[2001:db8::1]:1|wrong");
      assertThat(daemon.json("/api/v1/filter").path("banned").toString())
          .isEqualTo("[\"203.0.113.5\",\"2001:db8::1\"]");
    } finally {
      server.stop(0);
    }
    Files.createDirectories(temp.resolve("daemon/downloads"));
    Files.write(temp.resolve("daemon/downloads/other.txt"), List.of("10.0.0.0/8"));
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      assertThat(daemon.json("/api/v1/filter").path("ranges").asInt()).isEqualTo(2);
      JsonNode preferences = daemon.json("/api/v2/app/preferences");
      assertThat(preferences.path("ip_filter_enabled").booleanValue()).isTrue();
      assertThat(preferences.path("banned_IPs").asString()).contains("203.0.113.5\n");
      String file = temp.resolve("daemon/downloads/other.txt").toString();
      form(
          daemon,
          "app/setPreferences",
          "json={\"ip_filter_path\":\"" + file + "\",\"banned_IPs\":\"192.0.2.1\"}");
      JsonNode filter = daemon.json("/api/v1/filter");
      assertThat(filter.path("ranges").asInt()).isEqualTo(1);
      assertThat(filter.path("banned").toString()).isEqualTo("[\"192.0.2.1\"]");
      assertThat(
              form(daemon, "app/setPreferences", "json={\"ip_filter_path\":\"/etc/passwd\"}")
                  .statusCode())
          .isEqualTo(403);
      form(daemon, "app/setPreferences", "json={\"ip_filter_enabled\":false}");
      assertThat(daemon.json("/api/v1/filter").path("ranges").asInt()).isZero();
    }
  }

  @Test
  void trackersAreToldWhenTheyChange() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", 100_000);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      long rid = daemon.json("/api/v2/sync/maindata").path("rid").asLong();
      daemon.json(
          "POST",
          "/api/v1/torrents",
          Json.object()
              .put("stopped", true)
              .put("file", java.util.Base64.getEncoder().encodeToString(torrent)));
      String hash = daemon.json("/api/v2/torrents/info").path(0).path("hash").asString();
      form(daemon, "torrents/addTrackers", "hash=" + hash + "&urls=http://127.0.0.1:1/announce");
      JsonNode added = daemon.json("/api/v2/sync/maindata?rid=" + rid);
      assertThat(added.path("full_update").isMissingNode()).isTrue();
      assertThat(added.path("trackers").toString())
          .isEqualTo("{\"http://127.0.0.1:1/announce\":[\"" + hash + "\"]}");
      JsonNode same = daemon.json("/api/v2/sync/maindata?rid=" + added.path("rid").asLong());
      assertThat(same.has("trackers")).isFalse();
      form(daemon, "torrents/removeTrackers", "hash=" + hash + "&urls=http://127.0.0.1:1/announce");
      JsonNode gone = daemon.json("/api/v2/sync/maindata?rid=" + same.path("rid").asLong());
      assertThat(gone.path("trackers_removed").toString())
          .isEqualTo("[\"http://127.0.0.1:1/announce\"]");
    }
  }
}
