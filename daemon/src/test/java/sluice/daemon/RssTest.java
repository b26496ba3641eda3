package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Feeds of a real web server, by qBittorrent's API and by ours. */
class RssTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir Path temp;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private HttpServer server;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] file = files.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
          if (file != null) {
            exchange.getResponseBody().write(file);
          }
          exchange.close();
        });
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void feed(String... items) {
    String text = "<rss version='2.0'><channel><title>Shows</title>" + String.join("", items);
    files.put("/feed", (text + "</channel></rss>").getBytes(StandardCharsets.UTF_8));
  }

  private String item(String name) throws Exception {
    files.put("/" + name + ".torrent", TestDaemon.torrent(temp.resolve("source"), name, 50_000));
    return "<item><title>"
        + name
        + "</title><guid>"
        + name
        + "</guid><enclosure type='application/x-bittorrent' url='"
        + base
        + "/"
        + name
        + ".torrent'/></item>";
  }

  private static String form(TestDaemon daemon, int status, String path, String... fields)
      throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append(fields[i]).append('=');
      body.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8)).append('&');
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> answer = daemon.post("/api/v2/" + path, FORM, bytes);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(status);
    return answer.body();
  }

  private static JsonNode read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode articles(TestDaemon daemon) {
    try {
      return read(form(daemon, 200, "rss/items", "withData", "true"))
          .path("tv")
          .path("shows")
          .path("articles");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(TestDaemon daemon) {
    try {
      return read(form(daemon, 200, "torrents/info", "sort", "name")).findValuesAsString("name");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRuleAddsWhatItWantsAndNothingTwice() throws Exception {
    feed(item("Show.S01E01"), item("Show.S01E02"), item("Other"));
    Path folder = temp.resolve("daemon");
    try (TestDaemon daemon = new TestDaemon(folder)) {
      form(daemon, 200, "app/setPreferences", "json", "{\"rss_auto_downloading_enabled\":true}");
      form(daemon, 200, "rss/addFolder", "path", "tv");
      form(daemon, 409, "rss/addFolder", "path", "tv");
      form(daemon, 409, "rss/addFeed", "url", base + "/feed", "path", "none\\shows");
      form(daemon, 400, "rss/addFeed", "url", "file:///etc/passwd", "path", "x");
      form(daemon, 200, "rss/addFeed", "url", base + "/feed", "path", "shows");
      form(daemon, 200, "rss/moveItem", "itemPath", "shows", "destPath", "tv\\shows");
      TestDaemon.await("three articles", () -> articles(daemon).size() == 3);
      assertThat(articles(daemon).findValuesAsString("title"))
          .containsExactlyInAnyOrder("Show.S01E01", "Show.S01E02", "Other");
      assertThat(articles(daemon).findValuesAsString("torrentURL"))
          .contains(base + "/Other.torrent");

      String rule =
          "{\"mustContain\":\"show\",\"smartFilter\":true,\"affectedFeeds\":[\""
              + base
              + "/feed\"],\"assignedCategory\":\"tv\",\"addPaused\":true}";
      form(daemon, 400, "rss/setRule", "ruleName", "r", "ruleDef", "{\"episodeFilter\":\"x\"}");
      form(daemon, 200, "rss/setRule", "ruleName", "r", "ruleDef", rule);
      form(daemon, 200, "rss/renameRule", "ruleName", "r", "newRuleName", "shows only");
      JsonNode matching = read(form(daemon, 200, "rss/matchingArticles", "ruleName", "shows only"));
      assertThat(matching.path("shows").size()).isEqualTo(2);
      TestDaemon.await("two torrents", () -> names(daemon).size() == 2);
      assertThat(names(daemon)).containsExactly("Show.S01E01", "Show.S01E02");
      JsonNode one = read(form(daemon, 200, "torrents/info", "category", "tv")).path(0);
      assertThat(one.path("state").asString()).isEqualTo("stoppedDL");
      TestDaemon.await("both are seen", () -> unread(daemon) == 1);
      form(daemon, 200, "torrents/delete", "hashes", "all", "deleteFiles", "true");
    }
    feed(item("Show.S01E01"), item("Show.S01E02.again"), item("Show.S01E03"), item("Other"));
    try (TestDaemon daemon = new TestDaemon(folder)) {
      assertThat(articles(daemon).size()).isEqualTo(3);
      form(daemon, 200, "rss/refreshItem", "itemPath", "tv");
      TestDaemon.await("the third", () -> names(daemon).equals(List.of("Show.S01E03")));
      TestDaemon.await("five articles", () -> articles(daemon).size() == 5);
      form(daemon, 200, "rss/markAsRead", "itemPath", "tv\\shows", "articleId", "Other");
      assertThat(unread(daemon)).as(() -> articles(daemon).toString()).isEqualTo(1);
      form(daemon, 200, "rss/markAsRead", "itemPath", "tv");
      assertThat(unread(daemon)).isZero();
      form(daemon, 200, "rss/removeRule", "ruleName", "shows only");
      assertThat(form(daemon, 200, "rss/rules")).isEqualTo("{}");
      form(daemon, 200, "rss/removeItem", "path", "tv");
      assertThat(form(daemon, 200, "rss/items")).isEqualTo("{}");
      assertThat(temp.resolve("daemon/state/rss")).isDirectoryContaining("glob:**rss.json");
      assertThat(temp.resolve("daemon/state/rss").toFile().list()).hasSize(1);
    }
  }

  private static long unread(TestDaemon daemon) {
    return articles(daemon).findValues("isRead").stream().filter(n -> !n.booleanValue()).count();
  }

  @Test
  void ourOwnApiDoesTheSame() throws Exception {
    feed(item("One"));
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      JsonNode asked = Json.object().put("url", base + "/none").put("path", "f");
      String uid =
          read(daemon.json("POST", "/api/v1/rss/feeds", asked).body()).path("uid").asString();
      String path = "/api/v1/rss/feeds/" + uid;
      TestDaemon.await("a problem", () -> text(daemon, path, "problem").contains("404"));
      JsonNode moved = Json.object().put("path", "f").put("url", base + "/feed").put("to", "g");
      assertThat(daemon.json("PATCH", "/api/v1/rss", moved).statusCode()).isEqualTo(204);
      TestDaemon.await("a title", () -> text(daemon, path, "title").equals("Shows"));
      JsonNode all = daemon.json("/api/v1/rss").path("items").path(0);
      assertThat(all.path("path").asString()).isEqualTo("g");
      assertThat(all.path("unread").asInt()).isEqualTo(1);
      assertThat(daemon.json(path).path("articles").path(0).path("title").asString())
          .isEqualTo("One");
      JsonNode rule = Json.object().put("mustContain", "o?e");
      assertThat(daemon.json("PUT", "/api/v1/rss/rules/r", rule).statusCode()).isEqualTo(200);
      JsonNode wrong = Json.object().put("mustContian", "x");
      assertThat(daemon.json("PUT", "/api/v1/rss/rules/r", wrong).statusCode()).isEqualTo(400);
      assertThat(daemon.json("/api/v1/rss/rules").path("rules").has("r")).isTrue();
      assertThat(daemon.json("/api/v1/rss/rules/r/matches").path("feeds").isEmpty()).isTrue();
      preview(daemon);
      daemon.json("POST", "/api/v1/rss/read", Json.object().put("path", "g").put("article", "One"));
      assertThat(daemon.json(path).path("unread").asInt()).isZero();
      daemon.json("POST", "/api/v1/rss/remove", Json.object().put("path", "g"));
      assertThat(daemon.get(path).statusCode()).isEqualTo(404);
    }
  }

  /** What a rule would take is told without keeping it. */
  private static void preview(TestDaemon daemon) throws Exception {
    ObjectNode draft = Json.object().put("mustContain", "o?e");
    draft
        .putArray("affectedFeeds")
        .add(daemon.json("/api/v1/rss").path("items").path(0).path("url").asString());
    HttpResponse<String> answer = daemon.json("POST", "/api/v1/rss/matches", draft);
    assertThat(answer.body()).isEqualTo("{\"feeds\":{\"g\":[\"One\"]}}");
    draft.put("mustContain", "two");
    assertThat(daemon.json("POST", "/api/v1/rss/matches", draft).body())
        .isEqualTo("{\"feeds\":{}}");
    draft.put("useRegex", true).put("mustContain", "(");
    assertThat(daemon.json("POST", "/api/v1/rss/matches", draft).statusCode()).isEqualTo(400);
    assertThat(daemon.json("/api/v1/rss/rules").path("rules").size()).isEqualTo(1);
  }

  private static String text(TestDaemon daemon, String path, String member) {
    try {
      return daemon.json(path).path(member).asString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
