package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pages in orders, trackers in all dialects, and bodies that are checked. */
class OwnListsTest {
  private static final String A = "http://127.0.0.1:1/announce";
  private static final String B = "http://127.0.0.1:2/announce";

  @TempDir Path temp;

  private static String add(TestDaemon daemon, Path source, String name, int size)
      throws Exception {
    ObjectNode body =
        Json.object()
            .put("file", Base64.getEncoder().encodeToString(TestDaemon.torrent(source, name, size)))
            .put("stopped", true);
    HttpResponse<String> added = daemon.json("POST", "/api/v1/torrents", body);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    return Json.read(added.body().getBytes(StandardCharsets.UTF_8))
        .path("torrents")
        .path(0)
        .path("id")
        .asString();
  }

  @Test
  void pagesGoOnWhereTheOneBeforeEnded() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      String[] names = {"d", "a", "c", "b", "e"};
      for (int i = 0; i < names.length; i++) {
        add(daemon, temp.resolve("source"), names[i], 1_000 * (i % 3 + 1));
      }
      assertThat(names(daemon, "name", 2)).containsExactly("a", "b", "c", "d", "e");
      assertThat(names(daemon, "-name", 2)).containsExactly("e", "d", "c", "b", "a");
      assertThat(names(daemon, "size", 1)).as("equal ones as they came").startsWith("d", "b");
      assertThat(names(daemon, "number", 5)).containsExactly(names);
      assertThat(daemon.get("/api/v1/torrents?sort=colour").statusCode()).isEqualTo(400);
      assertThat(daemon.get("/api/v1/torrents?cursor=x").statusCode()).isEqualTo(400);
    }
  }

  private static List<String> names(TestDaemon daemon, String sort, int limit) throws Exception {
    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          daemon.json("/api/v1/torrents?sort=" + sort + "&limit=" + limit + "&cursor=" + cursor);
      page.path("torrents").forEach(torrent -> names.add(torrent.path("name").asString()));
      cursor = page.path("cursor").asString("");
    } while (!cursor.isEmpty());
    return names;
  }

  @Test
  void trackersAreChangedInAllDialects() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      String id = add(daemon, temp.resolve("source"), "a", 1_000);
      String path = "/api/v1/torrents/" + id;
      ObjectNode body = Json.object();
      body.putArray("tiers").addArray().add(A);
      assertThat(daemon.json("PUT", path + "/trackers", body).statusCode()).isEqualTo(204);
      assertThat(trackers(daemon, path)).containsExactly(A);
      assertThat(daemon.json("POST", path + "/reannounce", Json.object()).statusCode())
          .isEqualTo(204);

      form(daemon, "addTrackers", "hash=" + id + "&urls=" + B, 200);
      assertThat(trackers(daemon, path)).containsExactly(A, B);
      form(daemon, "editTracker", "hash=" + id + "&origUrl=" + A + "&newUrl=" + B, 409);
      form(daemon, "editTracker", "hash=" + id + "&origUrl=" + A + "&newUrl=http://x/a", 200);
      form(daemon, "removeTrackers", "hash=" + id + "&urls=" + B, 200);
      form(daemon, "addTrackers", "hash=" + id + "&urls=file:///etc/passwd", 400);
      assertThat(trackers(daemon, path)).containsExactly("http://x/a");
    }
  }

  private static List<String> trackers(TestDaemon daemon, String path) throws Exception {
    List<String> urls = new ArrayList<>();
    daemon
        .json(path + "/trackers")
        .path("trackers")
        .forEach(tracker -> urls.add(tracker.path("url").asString()));
    return urls;
  }

  private static void form(TestDaemon daemon, String call, String form, int status)
      throws Exception {
    HttpResponse<String> answer =
        daemon.post(
            "/api/v2/torrents/" + call,
            "application/x-www-form-urlencoded",
            form.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(call + " " + form + ": " + answer.body()).isEqualTo(status);
  }

  @Test
  void bodiesAreWhatTheDocumentSays() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      String id = add(daemon, temp.resolve("source"), "a", 1_000);
      JsonNode paths = daemon.json("/api/v1/openapi.json").path("paths");
      JsonNode schema =
          paths
              .path("/api/v1/torrents/{id}")
              .path("patch")
              .path("requestBody")
              .path("content")
              .path("application/json")
              .path("schema");
      assertThat(schema.path("properties").path("tags").path("items").path("type").asString())
          .isEqualTo("string");
      String path = "/api/v1/torrents/" + id;
      ObjectNode share = Json.object();
      share.putObject("share").put("ratio", 1.5).put("seedMinutes", "never");
      assertThat(daemon.json("PATCH", path, share).statusCode()).isEqualTo(200);
      for (ObjectNode wrong :
          List.of(
              Json.object().put("nmae", "x"),
              Json.object().put("downLimit", "fast"),
              Json.object().put("tags", "x"),
              Json.object().set("share", Json.object().put("ratio", "high")))) {
        assertThat(daemon.json("PATCH", path, wrong).statusCode())
            .as(Json.text(wrong))
            .isEqualTo(400);
      }
    }
  }
}
