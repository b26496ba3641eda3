package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * The real qBittorrent and Transmission: what they answer has the keys and types of what we answer,
 * and their torrents are taken over without a check. Each is started once.
 */
class RealClientsTest {
  private static final List<String> QB_CALLS =
      List.of(
          "app/buildInfo",
          "torrents/info",
          "torrents/properties?hash=HASH",
          "torrents/files?hash=HASH",
          "torrents/trackers?hash=HASH",
          "torrents/webseeds?hash=HASH",
          "torrents/pieceStates?hash=HASH",
          "torrents/categories",
          "torrents/tags",
          "sync/maindata",
          "transfer/info",
          "log/main",
          "log/peers",
          "app/preferences",
          "torrents/pieceHashes?hash=HASH",
          "sync/torrentPeers?hash=HASH",
          "rss/items",
          "rss/rules",
          "search/plugins");

  static final List<String> FIELDS =
      List.of(
          "activityDate,addedDate,bandwidthPriority,comment,corruptEver,creator,dateCreated,"
              .concat("desiredAvailable,doneDate,downloadDir,downloadedEver,downloadLimit,")
              .concat("downloadLimited,editDate,error,errorString,eta,etaIdle,files,fileStats,")
              .concat("hashString,haveUnchecked,haveValid,honorsSessionLimits,id,isFinished,")
              .concat("isPrivate,isStalled,labels,leftUntilDone,magnetLink,manualAnnounceTime,")
              .concat("maxConnectedPeers,metadataPercentComplete,name,peer-limit,peersConnected,")
              .concat("peersFrom,peersGettingFromUs,peersSendingToUs,percentDone,pieceCount,")
              .concat("pieces,pieceSize,priorities,queuePosition,rateDownload,rateUpload,")
              .concat("recheckProgress,secondsDownloading,secondsSeeding,seedIdleLimit,")
              .concat("seedIdleMode,seedRatioLimit,seedRatioMode,sizeWhenDone,startDate,status,")
              .concat("totalSize,torrentFile,trackers,trackerStats,uploadedEver,uploadLimit,")
              .concat("uploadLimited,uploadRatio,wanted,webseeds,webseedsSendingToUs")
              .split(","));

  @TempDir Path temp;
  private Path data;
  private byte[] album;
  private byte[] film;

  @BeforeEach
  void make() throws Exception {
    data = Files.createDirectories(temp.resolve("data"));
    write("album/cd 1/a.bin", 300_000);
    write("album/b.bin", 100_001);
    write("film.mkv", 500_000);
    album = torrent("album");
    film = torrent("film.mkv");
  }

  private void write(String name, int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private byte[] torrent(String name) throws Exception {
    return TorrentMaker.make(
            data.resolve(name),
            options ->
                options
                    .version(Version.V1)
                    .pieceLength(1 << 15)
                    .trackers(List.of(List.of("http://127.0.0.1:1/announce"))),
            (done, total) -> {})
        .bytes();
  }

  @Test
  void qbittorrent() throws Exception {
    Path folder = temp.resolve("qb");
    Map<String, Set<String>> theirs = new TreeMap<>();
    try (RealProgram real = RealProgram.qbittorrent(folder)) {
      for (byte[] torrent : List.of(album, film)) {
        real.post("/api/v2/torrents/add", HttpCaller.FORM, form(torrent));
      }
      TestDaemon.await("complete", () -> isComplete(real));
      for (String call : QB_CALLS) {
        theirs.put(call, Shapes.of(real.json("/api/v2/" + named(real, call))));
      }
      real.end();
    }
    try (TestDaemon ours = new TestDaemon(temp.resolve("ours"), List.of(data))) {
      taken(ours, folder, 13, 16);
      JsonNode torrent = ours.json("/api/v1/torrents?search=film").path("torrents").path(0);
      assertThat(torrent.path("category").asString()).isEqualTo("films");
      assertThat(torrent.path("tags").path(0).asString()).isEqualTo("one");
      Map<String, Set<String>> missing = new TreeMap<>();
      for (String call : QB_CALLS) {
        String path = "/api/v2/" + call.replace("HASH", torrent.path("id").asString());
        differences(missing, call, theirs.get(call), Shapes.of(ours.json(path)));
      }
      assertThat(missing).as("keys or types of qBittorrent that are not ours").isEmpty();
      seedsOn(ours);
      backup(ours);
    }
  }

  private static String named(RealProgram real, String call) throws Exception {
    JsonNode all = real.json("/api/v2/torrents/info");
    for (JsonNode torrent : all) {
      if (torrent.path("name").asString().equals("film.mkv")) {
        return call.replace("HASH", torrent.path("hash").asString());
      }
    }
    throw new AssertionError(Json.text(all));
  }

  private byte[] form(byte[] torrent) {
    return HttpCaller.form(
        torrent, Map.of("savepath", data.toString(), "category", "films", "tags", "one,two"));
  }

  private static boolean isComplete(RealProgram real) {
    try {
      JsonNode all = real.json("/api/v2/torrents/info");
      long done = all.valueStream().filter(t -> t.path("state").asString().endsWith("UP")).count();
      return done == 2
          && all.valueStream().noneMatch(t -> t.path("state").asString().contains("check"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void transmission() throws Exception {
    Path folder = temp.resolve("tr");
    ObjectNode ask = Json.object();
    FIELDS.forEach(ask.putArray("fields")::add);
    Set<String> torrents;
    Set<String> session;
    Set<String> statistics;
    Map<String, Set<String>> answers;
    String hash = MetainfoParser.parse(film).info().hashes().v1().orElseThrow().hex();
    try (RealProgram real = RealProgram.transmission(folder)) {
      for (byte[] torrent : List.of(album, film)) {
        real.rpc(
            "torrent-add",
            Json.object().put("metainfo", base64(torrent)).put("download-dir", data.toString()));
      }
      TestDaemon.await("complete", () -> allDone(real, ask));
      torrents = Shapes.of(real.rpc("torrent-get", ask));
      session = Shapes.of(real.rpc("session-get", Json.object()));
      statistics = Shapes.of(real.rpc("session-stats", Json.object()));
      answers = TrAnswers.of(real::told, hash, base64(film), data);
      real.end();
    }
    try (TestDaemon ours = new TestDaemon(temp.resolve("ours"), List.of(data))) {
      taken(ours, folder, 13, 16);
      Map<String, Set<String>> missing = new TreeMap<>();
      differences(missing, "torrent-get", torrents, Shapes.of(rpc(ours, "torrent-get", ask)));
      differences(
          missing, "session-get", session, Shapes.of(rpc(ours, "session-get", Json.object())));
      differences(
          missing,
          "session-stats",
          statistics,
          Shapes.of(rpc(ours, "session-stats", Json.object())));
      var told =
          TrAnswers.of((method, asked) -> told(ours, method, asked), hash, base64(film), data);
      answers.forEach((call, answer) -> differences(missing, call, answer, told.get(call)));
      assertThat(missing).as("keys or types of Transmission that are not ours").isEmpty();
      seedsOn(ours);
    }
  }

  private static String base64(byte[] torrent) {
    return Base64.getEncoder().encodeToString(torrent);
  }

  private static boolean allDone(RealProgram real, ObjectNode ask) {
    try {
      JsonNode all = real.rpc("torrent-get", ask).path("torrents");
      return all.size() == 2 && all.valueStream().allMatch(t -> t.path("status").asInt() == 6);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode rpc(TestDaemon daemon, String method, JsonNode arguments)
      throws Exception {
    return told(daemon, method, arguments).path("arguments");
  }

  static JsonNode told(TestDaemon daemon, String method, JsonNode arguments) throws Exception {
    HttpResponse<String> refused =
        daemon.post("/transmission/rpc", "application/json", new byte[0]);
    HttpResponse<String> answer =
        daemon.send(
            daemon
                .request("/transmission/rpc")
                .header(
                    "X-Transmission-Session-Id",
                    refused.headers().firstValue("X-Transmission-Session-Id").orElse(""))
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        Json.bytes(
                            Json.object().put("method", method).set("arguments", arguments)))));
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static void differences(
      Map<String, Set<String>> all, String call, Set<String> theirs, Set<String> ours) {
    Set<String> missing = new TreeSet<>(theirs);
    missing.removeAll(ours);
    // Names of hashes, categories and peers are data, not keys.
    missing.removeIf(path -> path.matches("(?s).*\\.[0-9a-f]{40}.*|\\.categories\\..*"));
    // From 4.6 on it is a word.
    missing.remove(".proxy_type number");
    if (!missing.isEmpty()) {
      all.put(call, missing);
    }
  }

  /** Takes the torrents over; one of them was changed unseen, which a check would find. */
  private void taken(TestDaemon ours, Path folder, int... pieces) throws Exception {
    Path file = data.resolve("film.mkv");
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, new byte[500_000]);
    Files.setLastModifiedTime(file, time);
    HttpResponse<String> answer =
        ours.json("POST", "/api/v1/import", Json.object().put("folder", folder.toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode results = Json.read(answer.body().getBytes(StandardCharsets.UTF_8)).path("torrents");
    List<Integer> known = new ArrayList<>();
    for (JsonNode result : results) {
      assertThat(result.path("problem").asString()).isEmpty();
      known.add(result.path("knownPieces").asInt());
    }
    assertThat(known.stream().sorted().mapToInt(i -> i).toArray()).isEqualTo(pieces);
    TestDaemon.await(
        "both seed, and their trackers are known",
        () -> {
          try {
            JsonNode trackers = ours.json("/api/v2/sync/maindata").path("trackers");
            return ours.json("/api/v1/torrents?state=seeding").path("torrents").size() == 2
                && trackers.valueStream().mapToInt(JsonNode::size).sum() == 2;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertThat(ours.json("/api/v1/torrents?search=film").path("torrents").path(0).path("complete"))
        .isEqualTo(Json.object().put("x", true).path("x"));
  }

  /** Somebody gets what is seeded. */
  private void seedsOn(TestDaemon ours) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (Client leech =
        Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))))) {
      Path to = temp.resolve("leech");
      var handle = leech.add(album, AddOptions.into(to).withoutTrackers());
      handle
          .offer(List.of(new Endpoint(here, ours.daemon.peerPort())))
          .toCompletableFuture()
          .join();
      handle.awaitCompletion();
      assertThat(to.resolve("album/cd 1/a.bin"))
          .hasSameBinaryContentAs(data.resolve("album/cd 1/a.bin"));
    }
  }

  /** What was backed up is what another daemon takes over. */
  private void backup(TestDaemon ours) throws Exception {
    HttpResponse<byte[]> zip =
        java.net.http.HttpClient.newHttpClient()
            .send(ours.request("/api/v1/backup").build(), BodyHandlers.ofByteArray());
    Path folder = temp.resolve("backup");
    try (var in = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(zip.body()))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        assertThat(file.startsWith(folder)).isTrue();
        Files.createDirectories(file.getParent());
        Files.write(file, in.readAllBytes());
      }
    }
    assertThat(folder.resolve("labels.json")).exists();
    try (TestDaemon other = new TestDaemon(temp.resolve("other"), List.of(data))) {
      taken(other, folder, 13, 16);
      JsonNode torrent = other.json("/api/v1/torrents?search=film").path("torrents").path(0);
      assertThat(torrent.path("tags").size()).isEqualTo(2);
    }
  }
}
