package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** A film over HTTP, as browsers and players ask for it. */
class StreamTest {
  private static final int SIZE = 300_000;

  @TempDir Path temp;

  /** Adds a film whose data are there, and gives its path in the API. */
  private String film(TestDaemon daemon) throws Exception {
    Path data = temp.resolve("daemon/downloads");
    byte[] torrent = TestDaemon.torrent(data, "a film #1.mkv", SIZE);
    JsonNode wish = Json.object().put("file", Base64.getEncoder().encodeToString(torrent));
    HttpResponse<String> added = daemon.json("POST", "/api/v1/torrents", wish);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    JsonNode answer = Json.read(added.body().getBytes(StandardCharsets.UTF_8));
    String path = "/api/v1/torrents/" + answer.path("torrents").path(0).path("id").asString();
    TestDaemon.await("seeding", () -> daemon.told(path).path("complete").asBoolean());
    return path;
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void partsAreToldAndGivenAsTheStandardWantsIt() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"));
        HttpClient http = HttpClient.newHttpClient()) {
      String path = film(daemon) + "/files/0/data";
      byte[] data = Files.readAllBytes(temp.resolve("daemon/downloads/a film #1.mkv"));
      HttpResponse<byte[]> whole =
          http.send(daemon.request(path).build(), BodyHandlers.ofByteArray());
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(data);
      assertThat(header(whole, "Content-Type")).isEqualTo("video/x-matroska");
      assertThat(header(whole, "Accept-Ranges")).isEqualTo("bytes");
      String tag = header(whole, "ETag");
      assertThat(tag).matches("\"[0-9a-f]{40}-0\"");

      HttpResponse<byte[]> tail = part(daemon, http, path, "Range", "bytes=-7");
      assertThat(tail.statusCode()).isEqualTo(206);
      assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(data, SIZE - 7, SIZE));
      assertThat(header(tail, "Content-Range"))
          .isEqualTo("bytes " + (SIZE - 7) + "-" + (SIZE - 1) + "/" + SIZE);

      HttpResponse<byte[]> beyond = part(daemon, http, path, "Range", "bytes=" + SIZE + "-");
      assertThat(beyond.statusCode()).isEqualTo(416);
      assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */" + SIZE);

      for (String other : List.of("\"another\"", "W/" + tag, "Thu, 01 Jan 2026 00:00:00 GMT")) {
        assertThat(part(daemon, http, path, "Range", "bytes=0-9", "If-Range", other).statusCode())
            .as(other)
            .isEqualTo(200);
      }
      assertThat(part(daemon, http, path, "Range", "bytes=0-9", "If-Range", tag).body())
          .isEqualTo(Arrays.copyOf(data, 10));

      HttpResponse<Void> head =
          http.send(
              daemon.request(path).header("Range", "bytes=0-9").HEAD().build(),
              BodyHandlers.discarding());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(header(head, "Content-Length")).isEqualTo("" + SIZE);
      assertThat(header(head, "Accept-Ranges")).isEqualTo("bytes");
    }
  }

  private static HttpResponse<byte[]> part(
      TestDaemon daemon, HttpClient http, String path, String... headers) throws Exception {
    return http.send(daemon.request(path).headers(headers).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void aPlayerNeedsNoKeyButALinkOfAPlaylist() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"));
        HttpClient http = HttpClient.newHttpClient()) {
      String path = film(daemon);
      HttpResponse<String> list = daemon.get(path + "/playlist");
      assertThat(header(list, "Content-Type")).startsWith("audio/x-mpegurl");
      assertThat(list.body().lines()).hasSize(3).contains("#EXTINF:-1,a film #1.mkv");
      String link = list.body().lines().toList().getLast();
      assertThat(link).startsWith(daemon.daemon.url()).endsWith("/0/a%20film%20%231.mkv");
      HttpResponse<byte[]> part =
          http.send(
              HttpRequest.newBuilder(java.net.URI.create(link))
                  .header("Range", "bytes=5-8")
                  .build(),
              BodyHandlers.ofByteArray());
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).hasSize(4);

      String other = link.replace("/0/a%20film", "/1/a%20film");
      for (String wrong : List.of(other, link.replaceAll("/stream/[^/]*", "/stream/ff-00"))) {
        HttpResponse<String> refused =
            http.send(
                HttpRequest.newBuilder(java.net.URI.create(wrong)).build(),
                BodyHandlers.ofString());
        assertThat(refused.statusCode()).as(wrong).isEqualTo(403);
      }
      assertThat(daemon.get(path + "/playlist?file=0").body()).contains("/stream/");
      assertThat(daemon.get(path + "/playlist?file=1").statusCode()).isEqualTo(404);

      assertThat(daemon.json("/api/v1/rates?span=week").path("stepSeconds").asInt()).isEqualTo(900);
      assertThat(daemon.get("/api/v1/rates?span=year").statusCode()).isEqualTo(400);
      assertThat(daemon.json(path + "/rates").path("down").isArray()).isTrue();
    }
  }
}
