package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.daemon.web.Json;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.storage.hashing.TorrentMaker;
import tools.jackson.databind.JsonNode;

/** How torrents are added and placed, and torrents that are made, by the callers' own words. */
class AddingTest {
  private static final int SIZE = 300_000;

  @TempDir Path temp;

  private Path downloads() {
    return temp.resolve("daemon/downloads");
  }

  private static HttpResponse<String> add(TestDaemon daemon, byte[] torrent, String... fields)
      throws Exception {
    String boundary = "b0";
    StringBuilder more = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      more.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + fields[i]);
      more.append("\"\r\n\r\n" + fields[i + 1] + "\r\n");
    }
    String head =
        more + "--b0\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.torrent\"\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] end = "\r\n--b0--\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[start.length + torrent.length + end.length];
    System.arraycopy(start, 0, body, 0, start.length);
    System.arraycopy(torrent, 0, body, start.length, torrent.length);
    System.arraycopy(end, 0, body, start.length + torrent.length, end.length);
    return daemon.post("/api/v2/torrents/add", "multipart/form-data; boundary=b0", body);
  }

  private static JsonNode one(TestDaemon daemon, String name) {
    try {
      for (JsonNode each : daemon.json("/api/v2/torrents/info")) {
        if (each.path("name").asString().equals(name)) {
          return each;
        }
      }
      return Json.object();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String text(TestDaemon daemon, String name, String member) {
    return one(daemon, name).path(member).asString("");
  }

  private static HttpResponse<String> form(TestDaemon daemon, String path, String body)
      throws Exception {
    return daemon.post(
        "/api/v2/" + path,
        "application/x-www-form-urlencoded",
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A torrent of a folder with two files. */
  private byte[] folder(String name) throws Exception {
    TestDaemon.torrent(temp.resolve("source").resolve(name), "a.bin", SIZE);
    TestDaemon.torrent(temp.resolve("source").resolve(name), "b.bin", SIZE);
    return TorrentMaker.make(
            temp.resolve("source").resolve(name),
            options -> options.version(Version.V1).pieceLength(1 << 16),
            (done, total) -> {})
        .bytes();
  }

  @Test
  void filesAreLaidOutAndDataAreBelievedAsTheCallerSays() throws Exception {
    byte[] single = TestDaemon.torrent(temp.resolve("source"), "one.bin", SIZE);
    byte[] many = folder("many");
    Files.createDirectories(downloads().resolve("one"));
    Files.copy(temp.resolve("source/one.bin"), downloads().resolve("one/one.bin"));
    Files.copy(temp.resolve("source/many/a.bin"), downloads().resolve("a.bin"));
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      add(daemon, single, "contentLayout", "Subfolder", "skip_checking", "true");
      add(daemon, many, "contentLayout", "NoSubfolder", "stopCondition", "FilesChecked");
      TestDaemon.await("it seeds", () -> text(daemon, "one.bin", "state").endsWith("UP"));
      String files =
          daemon.get("/api/v2/torrents/files?hash=" + text(daemon, "one.bin", "hash")).body();
      assertThat(files).contains("\"one/one.bin\"");
      TestDaemon.await("it stopped", () -> text(daemon, "many", "state").equals("stoppedDL"));
      TestDaemon.await(
          "a half is there", () -> one(daemon, "many").path("progress").asDouble() > 0);
      files = daemon.get("/api/v2/torrents/files?hash=" + text(daemon, "many", "hash")).body();
      assertThat(files).contains("\"a.bin\"", "\"b.bin\"");
      assertThat(one(daemon, "many").path("progress").asDouble()).isBetween(0.4, 0.6);
    }
  }

  @Test
  void dataComeToAnotherFolderWhenTheyAreComplete() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "film.bin", SIZE);
    InetAddress here = InetAddress.getLoopbackAddress();
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"));
        Client seed =
            Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))))) {
      seed.add(torrent, AddOptions.into(temp.resolve("source"))).awaitCompletion();
      Path part = temp.resolve("daemon/more/part");
      Path last = downloads().resolve("last");
      add(daemon, torrent, "downloadPath", part.toString(), "savepath", last.toString());
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(last.toString());
      assertThat(text(daemon, "film.bin", "download_path")).isEqualTo(part.toString());
      HttpResponse<String> offered =
          form(
              daemon,
              "torrents/addPeers",
              "hashes=all&peers=127.0.0.1:" + seed.port() + "|nonsense");
      assertThat(offered.body()).contains("\"added\":1");
      TestDaemon.await("moved", () -> Files.exists(last.resolve("film.bin")));
      TestDaemon.await("told", () -> text(daemon, "film.bin", "download_path").isEmpty());
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(last.toString());
      assertThat(form(daemon, "torrents/addPeers", "hashes=all&peers=x").statusCode())
          .isEqualTo(400);

      String hash = text(daemon, "film.bin", "hash");
      JsonNode hashes = daemon.json("/api/v2/torrents/pieceHashes?hash=" + hash);
      assertThat(hashes.size()).isEqualTo(5);
      assertThat(hashes.path(0).asString())
          .isEqualTo(MetainfoParser.parse(torrent).info().v1Hash(0).orElseThrow().hex());
    }
  }

  @Test
  void aTorrentFollowsItsCategory() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "film.bin", SIZE);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      form(daemon, "torrents/createCategory", "category=films&savePath=" + downloads() + "/f");
      form(daemon, "torrents/createCategory", "category=other&savePath=&ratioLimit=2");
      add(daemon, torrent, "autoTMM", "true", "category", "films", "stopped", "true");
      assertThat(one(daemon, "film.bin").path("auto_tmm").booleanValue()).isTrue();
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(downloads() + "/f");
      form(daemon, "torrents/setCategory", "hashes=all&category=other");
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(downloads() + "/other");
      form(daemon, "torrents/editCategory", "category=other&savePath=" + downloads() + "/o");
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(downloads() + "/o");
      JsonNode category = daemon.json("/api/v2/torrents/categories").path("other");
      assertThat(category.path("ratio_limit").asDouble()).isEqualTo(2);
      assertThat(category.path("seeding_time_limit").asInt()).isEqualTo(-2);
      form(daemon, "torrents/setAutoManagement", "hashes=all&enable=false");
      form(daemon, "torrents/setCategory", "hashes=all&category=films");
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(downloads() + "/o");
      form(daemon, "torrents/setSavePath", "id=all&path=" + downloads() + "/x");
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(downloads() + "/x");
      assertThat(form(daemon, "torrents/setSavePath", "id=all&path=/etc").statusCode())
          .isEqualTo(403);
      form(daemon, "torrents/setDownloadPath", "id=all&path=" + downloads() + "/part");
      assertThat(text(daemon, "film.bin", "download_path")).isEqualTo(downloads() + "/part");
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(downloads() + "/x");
    }
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      assertThat(text(daemon, "film.bin", "save_path")).isEqualTo(downloads() + "/x");
      form(daemon, "torrents/removeCategories", "categories=films");
      assertThat(text(daemon, "film.bin", "category")).isEmpty();
    }
  }

  @Test
  void aCategorySaysWhenItsTorrentsHaveSharedEnough() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "film.bin", SIZE);
    Files.createDirectories(downloads());
    Files.copy(temp.resolve("source/film.bin"), downloads().resolve("film.bin"));
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      add(daemon, torrent, "savepath", downloads().toString(), "category", "short");
      TestDaemon.await("it seeds", () -> text(daemon, "film.bin", "state").endsWith("UP"));
      assertThat(text(daemon, "film.bin", "state")).isNotEqualTo("stoppedUP");
      JsonNode rule = Json.object().set("share", Json.object().put("seedMinutes", 0));
      HttpResponse<String> answer = daemon.json("PUT", "/api/v1/categories/short", rule);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      TestDaemon.await(
          "it has shared enough", () -> text(daemon, "film.bin", "state").equals("stoppedUP"));
      assertThat(
              daemon.json("/api/v1/categories").path("categories").path(0).path("share").toString())
          .isEqualTo("{\"ratio\":\"inherit\",\"seedMinutes\":0.0,\"idleMinutes\":\"inherit\"}");
    }
  }

  @Test
  void torrentsAreMadeOfOurData() throws Exception {
    folder("many");
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      Files.createDirectories(downloads());
      Files.move(temp.resolve("source/many"), downloads().resolve("many"));
      JsonNode order =
          Json.object()
              .put("source", downloads().resolve("many").toString())
              .put("version", "hybrid")
              .put("pieceLength", 65_536)
              .put("comment", "made here")
              .put("file", downloads().resolve("many.torrent").toString());
      HttpResponse<String> ordered = daemon.json("POST", "/api/v1/creations", order);
      assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(201);
      String id = Json.read(ordered.body().getBytes(StandardCharsets.UTF_8)).path("id").asString();
      TestDaemon.await("made", () -> state(daemon, id).equals("finished"));
      assertThat(MetainfoParser.parse(Files.readAllBytes(downloads().resolve("many.torrent"))))
          .satisfies(made -> assertThat(made.comment()).contains("made here"));
      TestDaemon.await("it seeds", () -> text(daemon, "many", "state").endsWith("UP"));

      // A file is never written over another one, and nothing outside is read.
      HttpResponse<String> again = daemon.json("POST", "/api/v1/creations", order);
      String second =
          Json.read(again.body().getBytes(StandardCharsets.UTF_8)).path("id").asString();
      TestDaemon.await("refused", () -> state(daemon, second).equals("failed"));
      String outside = "{\"source\":\"/etc\"}";
      assertThat(
              daemon
                  .post(
                      "/api/v1/creations",
                      "application/json",
                      outside.getBytes(StandardCharsets.UTF_8))
                  .statusCode())
          .isEqualTo(403);
      taskOfQbittorrent(daemon);
    }
  }

  private void taskOfQbittorrent(TestDaemon daemon) throws Exception {
    HttpResponse<String> task =
        form(
            daemon,
            "torrentcreator/addTask",
            "sourcePath="
                + downloads().resolve("many/a.bin")
                + "&format=v1&private=true&startSeeding=false&source=site"
                + "&trackers=http%3A%2F%2Fa.example%2Fannounce%7Chttp%3A%2F%2Fb.example%2Fannounce");
    String id = Json.read(task.body().getBytes(StandardCharsets.UTF_8)).path("taskID").asString();
    TestDaemon.await("made", () -> state(daemon, id).equals("finished"));
    JsonNode status = daemon.json("/api/v2/torrentcreator/status?taskID=" + id).path(0);
    assertThat(status.path("status").asString()).isEqualTo("Finished");
    assertThat(status.path("progress").asInt()).isEqualTo(100);
    assertThat(status.path("trackers").size()).isEqualTo(2);
    assertThat(daemon.get("/api/v2/torrentcreator/torrentFile?taskID=" + id).body())
        .startsWith("d8:announce")
        .contains("6:source4:site", "7:privatei1e");
    assertThat(form(daemon, "torrentcreator/deleteTask", "taskID=" + id).statusCode())
        .isEqualTo(200);
    assertThat(daemon.get("/api/v2/torrentcreator/torrentFile?taskID=" + id).statusCode())
        .isEqualTo(404);
    JsonNode names =
        daemon.json("/api/v2/app/getDirectoryContent?dirPath=" + downloads() + "&mode=dirs");
    assertThat(names.toString()).isEqualTo("[\"" + downloads().resolve("many") + "\"]");
    assertThat(daemon.get("/api/v2/app/getDirectoryContent?dirPath=/etc").statusCode())
        .isEqualTo(403);
  }

  private static String state(TestDaemon daemon, String id) {
    try {
      return daemon.json("/api/v1/creations/" + id).path("state").asString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
