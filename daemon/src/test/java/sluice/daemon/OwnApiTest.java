package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
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
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Route;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import tools.jackson.databind.JsonNode;

/** Our own API, with a swarm. */
class OwnApiTest {
  private static final String JSON = "application/json";
  private static final int SIZE = 3_000_000;

  @TempDir Path temp;

  private static byte[] bytes(JsonNode node) {
    return Json.bytes(node);
  }

  private static JsonNode read(HttpResponse<String> answer) {
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileIsPlayedWhileItDownloadsAndEventsTellOfIt() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "film.mkv", SIZE);
    byte[] data = Files.readAllBytes(temp.resolve("source/film.mkv"));
    InetAddress here = InetAddress.getLoopbackAddress();
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"));
        HttpClient http = HttpClient.newHttpClient();
        Client seed =
            Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))))) {
      var given = seed.add(torrent, AddOptions.into(temp.resolve("source")));
      given.awaitCompletion();
      HttpResponse<String> added =
          daemon.post(
              "/api/v1/torrents",
              JSON,
              bytes(
                  Json.object()
                      .put("file", Base64.getEncoder().encodeToString(torrent))
                      .put("category", "films")));
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
      String id = read(added).path("torrents").path(0).path("id").asString();
      given
          .offer(List.of(new Endpoint(here, daemon.daemon.peerPort())))
          .toCompletableFuture()
          .join();

      HttpResponse<byte[]> part =
          http.send(
              daemon
                  .request("/api/v1/torrents/" + id + "/files/0/data")
                  .header("Range", "bytes=2000000-2499999")
                  .build(),
              BodyHandlers.ofByteArray());
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.headers().firstValue("Content-Range"))
          .contains("bytes 2000000-2499999/" + SIZE);
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(data, 2_000_000, 2_500_000));

      HttpResponse<java.io.InputStream> events =
          http.send(daemon.request("/api/v1/events").build(), BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
        boolean complete = false;
        while (!complete) {
          String line = String.valueOf(lines.readLine());
          complete = line.startsWith("data:") && line.contains("\"state\":\"seeding\"");
        }
      }
      parts(daemon, id);
      HttpResponse<String> removed =
          daemon.send(daemon.request("/api/v1/torrents/" + id + "?data=true").DELETE());
      assertThat(removed.statusCode()).isEqualTo(204);
      assertThat(daemon.get("/api/v1/torrents/" + id).statusCode()).isEqualTo(404);
    }
  }

  private void parts(TestDaemon daemon, String id) throws Exception {
    String path = "/api/v1/torrents/" + id;
    assertThat(daemon.json(path + "/files").path("files").path(0).path("have").asInt())
        .isEqualTo(SIZE);
    assertThat(daemon.json(path + "/pieces").path("count").asInt()).isEqualTo(46);
    assertThat(daemon.json(path + "/peers").path("peers").isArray()).isTrue();
    assertThat(daemon.json(path + "/trackers").path("trackers").isEmpty()).isTrue();
    HttpResponse<String> changed =
        daemon.send(
            daemon
                .request(path)
                .method(
                    "PATCH",
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"other\",\"tags\":[\"x\"],\"downLimit\":7}")));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    JsonNode one = daemon.json("/api/v1/torrents?search=OTHER&tag=x").path("torrents").path(0);
    assertThat(one.path("downLimit").asInt()).isEqualTo(7);
    assertThat(daemon.post(path + "/stop", JSON, new byte[0]).statusCode()).isEqualTo(204);
    TestDaemon.await("stopped", () -> state(daemon, path).equals("stopped"));
    HttpResponse<String> outside =
        daemon.post(path + "/move", JSON, bytes(Json.object().put("folder", "/etc")));
    assertThat(outside.statusCode()).isEqualTo(403);
  }

  private static String state(TestDaemon daemon, String path) {
    try {
      return daemon.json(path).path("state").asString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theDocumentNamesEveryRoute() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp)) {
      JsonNode document = read(daemon.get("/api/v1/openapi.json"));
      assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
      List<Route> own =
          daemon.daemon.routes().all().stream().filter(r -> r.dialect() == Dialect.OWN).toList();
      assertThat(own).hasSizeGreaterThan(25);
      for (Route route : own) {
        JsonNode operation =
            document
                .path("paths")
                .path(route.pattern())
                .path(route.method().toLowerCase(java.util.Locale.ROOT));
        assertThat(operation.path("summary").asString()).as(route.pattern()).isNotEmpty();
        long variables = route.path().stream().filter(part -> part.startsWith("{")).count();
        assertThat(operation.path("parameters").size()).isGreaterThanOrEqualTo((int) variables);
      }
    }
  }
}
