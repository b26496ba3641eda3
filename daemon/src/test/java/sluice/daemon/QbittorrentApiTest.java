package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** The Web API of qBittorrent, as its callers use it: a cookie, forms, and deltas. */
class QbittorrentApiTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int SIZE = 300_000;

  @TempDir Path temp;

  private HttpResponse<String> form(TestDaemon daemon, String sid, String path, String fields)
      throws Exception {
    return daemon.send(
        HttpRequest.newBuilder(daemon.uri("/api/v2/" + path))
            .header("Cookie", "SID=" + sid)
            .header("Content-Type", FORM)
            .POST(HttpRequest.BodyPublishers.ofString(fields)));
  }

  private JsonNode json(TestDaemon daemon, String sid, String path) throws Exception {
    HttpResponse<String> answer =
        daemon.send(
            HttpRequest.newBuilder(daemon.uri("/api/v2/" + path)).header("Cookie", "SID=" + sid));
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] upload(byte[] torrent, String more) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(
        ("--b0\r\nContent-Disposition: form-data; name=\"0.torrent\"; filename=\"a.torrent\"\r\n"
                + "Content-Type: application/x-bittorrent\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.write(torrent);
    body.write(("\r\n" + more + "--b0--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static String field(String name, String value) {
    return "--b0\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  @Test
  void aCallerLogsInAddsFollowsAndRemoves() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", SIZE);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      HttpResponse<String> wrong =
          form(daemon, "", "auth/login", "username=admin&password=adminadmin");
      assertThat(wrong.body()).isEqualTo("Fails.");
      assertThat(form(daemon, "", "torrents/info", "").statusCode()).isEqualTo(403);
      HttpResponse<String> login =
          form(daemon, "", "auth/login", "username=any&password=" + daemon.key);
      assertThat(login.body()).isEqualTo("Ok.");
      String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).startsWith("SID=").contains("HttpOnly", "SameSite=Strict");
      String sid = cookie.substring(4, cookie.indexOf(';'));

      assertThat(form(daemon, sid, "app/webapiVersion", "").body()).isEqualTo("2.11.4");
      assertThat(json(daemon, sid, "app/preferences").size()).isGreaterThan(60);
      JsonNode first = json(daemon, sid, "sync/maindata");
      assertThat(first.path("full_update").booleanValue()).isTrue();

      form(daemon, sid, "torrents/createCategory", "category=films&savePath=");
      HttpResponse<String> added =
          daemon.post(
              "/api/v2/torrents/add",
              "multipart/form-data; boundary=b0",
              upload(
                  torrent,
                  field("category", "films") + field("tags", "a, b") + field("stopped", "true")));
      assertThat(added.body()).isEqualTo("Ok.");
      JsonNode one = json(daemon, sid, "torrents/info?category=films").path(0);
      String hash = one.path("hash").asString();
      assertThat(one.path("state").asString()).isEqualTo("stoppedDL");
      assertThat(one.path("tags").asString()).isEqualTo("a, b");
      assertThat(one.path("content_path").asString()).endsWith("films/a.bin");
      assertThat(one.size()).isGreaterThan(50);
      assertThat(json(daemon, sid, "torrents/properties?hash=" + hash).path("piece_size").asInt())
          .isEqualTo(1 << 16);
      assertThat(json(daemon, sid, "torrents/files?hash=" + hash).path(0).path("size").asInt())
          .isEqualTo(SIZE);

      JsonNode delta = json(daemon, sid, "sync/maindata?rid=" + first.path("rid").asLong());
      assertThat(delta.path("full_update").isMissingNode()).isTrue();
      assertThat(delta.path("torrents").has(hash)).isTrue();

      changes(daemon, sid, hash);

      long rid = json(daemon, sid, "sync/maindata").path("rid").asLong();
      form(daemon, sid, "torrents/delete", "hashes=" + hash + "&deleteFiles=true");
      assertThat(
              json(daemon, sid, "sync/maindata?rid=" + rid)
                  .path("torrents_removed")
                  .path(0)
                  .asString())
          .isEqualTo(hash);
    }
  }

  private void changes(TestDaemon daemon, String sid, String hash) throws Exception {
    form(daemon, sid, "app/setPreferences", "json={\"queueing_enabled\":true}");
    List<String> calls =
        List.of(
            "torrents/start",
            "torrents/stop",
            "torrents/resume",
            "torrents/pause",
            "torrents/recheck",
            "torrents/reannounce",
            "torrents/topPrio",
            "torrents/bottomPrio",
            "torrents/toggleSequentialDownload",
            "torrents/toggleFirstLastPiecePrio");
    for (String call : calls) {
      assertThat(form(daemon, sid, call, "hashes=all").statusCode()).as(call).isEqualTo(200);
    }
    form(daemon, sid, "torrents/setDownloadLimit", "hashes=" + hash + "&limit=5000");
    form(daemon, sid, "torrents/setShareLimits", "hashes=all&ratioLimit=1.5&seedingTimeLimit=-1");
    form(daemon, sid, "torrents/removeTags", "hashes=all&tags=b");
    form(daemon, sid, "torrents/filePrio", "hash=" + hash + "&id=0&priority=7");
    JsonNode one = json(daemon, sid, "torrents/info?hashes=" + hash).path(0);
    assertThat(one.path("dl_limit").asInt()).isEqualTo(5_000);
    assertThat(one.path("ratio_limit").asDouble()).isEqualTo(1.5);
    assertThat(one.path("seeding_time_limit").asInt()).isEqualTo(-1);
    assertThat(one.path("tags").asString()).isEqualTo("a");
    assertThat(one.path("seq_dl").booleanValue()).isTrue();
    assertThat(json(daemon, sid, "torrents/files?hash=" + hash).path(0).path("priority").asInt())
        .isEqualTo(7);
    form(daemon, sid, "app/setPreferences", "json=%7B%22dl_limit%22%3A1000%7D");
    assertThat(json(daemon, sid, "transfer/info").path("dl_rate_limit").asInt()).isEqualTo(1_000);
    assertThat(form(daemon, sid, "torrents/setLocation", "hashes=all&location=/etc").statusCode())
        .isEqualTo(403);
  }
}
