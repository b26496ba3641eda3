package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.daemon.web.Json;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.storage.hashing.TorrentMaker;
import tools.jackson.databind.JsonNode;

/**
 * All calls of the tables in {@code qbittorrent.calls} and {@code transmission.calls}, sent to the
 * real program and to the daemon in the same state: one torrent that seeds, one that a peer has
 * only half of, so that it stays connected. Status, keys, types and short texts are the same, or
 * the table says why not.
 */
class SameAnswersTest {
  private static final String NONE = "0".repeat(40);
  private static final String MAGNET = "0123456789abcdef0123456789abcdef01234567";
  private static final int PIECE = 1 << 15;
  private static final int PIECES = 16;
  private static final byte[] REPLY =
      "d8:completei1e10:incompletei1e8:intervali1800e5:peers0:e".getBytes(StandardCharsets.UTF_8);

  /** Transmission connects to nobody on loopback, so whoever announces the film is connected to. */
  private static final Pattern PORT = Pattern.compile("&port=([0-9]+)");

  private static final Pattern HASH = Pattern.compile("(?:^|&)info_hash=([^&]+)");

  @TempDir Path temp;
  private Path data;
  private Path in;
  private Path own;
  private byte[] album;
  private byte[] film;
  private HttpServer tracker;
  private Client peer;

  @BeforeEach
  void make() throws Exception {
    data = Files.createDirectories(temp.resolve("data"));
    InetAddress here = InetAddress.getLoopbackAddress();
    peer = Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))));
    tracker = HttpServer.create(new InetSocketAddress(here, 0), 0);
    write("album/cd 1/a.bin", 300_000);
    write("album/b.bin", 100_001);
    write("film.mkv", PIECE * PIECES);
    album = torrent("album");
    film = torrent("film.mkv");
    Path half = Files.createDirectories(temp.resolve("half")).resolve("film.mkv");
    byte[] bytes = Files.readAllBytes(data.resolve("film.mkv"));
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
    Files.write(half, bytes);
    TorrentHandle handle = peer.add(film, AddOptions.into(half.getParent()).withoutTrackers());
    tracker.createContext(
        "/announce",
        exchange -> {
          // Who does not have the film yet would refuse, and not be tried again for long.
          String query = exchange.getRequestURI().getRawQuery();
          Matcher port = PORT.matcher(query);
          if (port.find() && announced(query).equals(unchecked(film))) {
            handle.offer(List.of(new Endpoint(here, Integer.parseInt(port.group(1)))));
          }
          exchange.sendResponseHeaders(200, REPLY.length);
          exchange.getResponseBody().write(REPLY);
          exchange.close();
        });
    tracker.start();
  }

  @AfterEach
  void end() {
    tracker.stop(0);
    peer.close();
  }

  private static String announced(String query) {
    Matcher hash = HASH.matcher(query);
    String bytes = hash.find() ? URLDecoder.decode(hash.group(1), StandardCharsets.ISO_8859_1) : "";
    return HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void write(String name, int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private String announce() {
    return "http://127.0.0.1:" + tracker.getAddress().getPort() + "/announce";
  }

  private byte[] torrent(String name) throws Exception {
    return TorrentMaker.make(
            data.resolve(name),
            options ->
                options
                    .version(Version.V1)
                    .pieceLength(PIECE)
                    .trackers(List.of(List.of(announce()))),
            (done, total) -> {})
        .bytes();
  }

  private static String hash(byte[] torrent) throws Exception {
    return MetainfoParser.parse(torrent).info().hashes().v1().orElseThrow().hex();
  }

  /** Folders of its own for each program: what seeds is renamed. */
  private void into(String name) throws Exception {
    in = Files.createDirectories(temp.resolve("in " + name).resolve("x"));
    own = in.resolveSibling("data");
    for (String file : List.of("album/cd 1/a.bin", "album/b.bin")) {
      Files.createDirectories(own.resolve(file).getParent());
      Files.copy(data.resolve(file), own.resolve(file));
    }
  }

  private String filled(String call) throws Exception {
    return call.replace("FILM", hash(film))
        .replace("ALBUM", hash(album))
        .replace("MAGNET", MAGNET)
        .replace("NONE", NONE)
        .replace("TRACKER", announce())
        .replaceAll("(?<![A-Z])IN(?![A-Z])", in.toString());
  }

  private static JsonNode read(String body) {
    return Json.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void qbittorrent() throws Exception {
    CallTable table = CallTable.of("qbittorrent.calls");
    Map<String, Set<String>> theirs;
    into("theirs");
    try (RealProgram real = RealProgram.qbittorrent(temp.resolve("qb"))) {
      theirs = answers(table, HttpCaller.of(real));
    }
    into("ours");
    try (TestDaemon ours = new TestDaemon(temp.resolve("ours"), List.of(in.getParent()))) {
      assertThat(CallTable.differences(theirs, answers(table, HttpCaller.of(ours))))
          .as("calls that qBittorrent answers otherwise")
          .isEmpty();
    }
  }

  private Map<String, Set<String>> answers(CallTable table, HttpCaller caller) throws Exception {
    caller.post("app/setPreferences", Map.of("json", "{\"queueing_enabled\":false}"));
    caller.post("torrents/createCategory", Map.of("category", "films", "savePath", ""));
    caller.upload("torrents/add", album, Map.of("savepath", own.toString(), "tags", "two"));
    caller.upload(
        "torrents/add",
        film,
        Map.of("savepath", in.toString(), "category", "films", "tags", "one"));
    TestDaemon.await(
        "half of one and all of the other",
        () -> {
          JsonNode all = read(caller.told("torrents/info"));
          String peers = caller.told("sync/torrentPeers?hash=" + unchecked(film));
          return all.size() == 2
              && all.valueStream()
                  .allMatch(t ->
                      t.path("amount_left").asLong()
                          == (t.path("name").asString().equals("album") ? 0 : PIECE * PIECES / 2))
              && all.valueStream().allMatch(t -> t.path("state").asString().startsWith("stalled"))
              && read(peers).path("peers").size() == 1;
        });
    return table.ask(
        new CallTable.Program() {
          @Override
          public Set<String> answer(String call) throws Exception {
            return shapes(caller.send(filled(call), call.contains("FILE") ? file(call) : null));
          }

          @Override
          public boolean tells(String call, String text) throws Exception {
            return caller.send("GET " + filled(call), null).body().contains(text);
          }
        });
  }

  private byte[] file(String call) {
    return call.contains("nonsense") ? new byte[] {1, 2, 3} : film;
  }

  private static String unchecked(byte[] torrent) {
    try {
      return hash(torrent);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Status; of a good answer its keys and types, or its text. */
  private static Set<String> shapes(HttpCaller.Answer answer) {
    Set<String> told = new TreeSet<>(Set.of("status " + answer.status()));
    if (answer.status() != 200) {
      return told;
    }
    String type = answer.type().split(";", 2)[0];
    told.add("type " + type);
    if (type.equals("application/json")) {
      for (String shape : Shapes.of(read(answer.body()))) {
        told.add(
            shape.replaceAll("[0-9a-f]{40}", "HASH").replaceAll("127[.]0[.]0[.]1:[0-9]+", "AT"));
      }
    } else if (type.equals("text/plain")) {
      told.add("text " + answer.body().replaceAll("^(v?[0-9]+[.]|/).*", "SOMETHING"));
    }
    return told;
  }

  @Test
  void transmission() throws Exception {
    CallTable table = CallTable.of("transmission.calls");
    Map<String, Set<String>> theirs;
    into("theirs");
    try (RealProgram real = RealProgram.transmission(temp.resolve("tr"))) {
      theirs = answers(table, real::told);
    }
    into("ours");
    try (TestDaemon ours = new TestDaemon(temp.resolve("ours"), List.of(in.getParent()))) {
      assertThat(
              CallTable.differences(
                  theirs,
                  answers(table, (method, said) -> RealClientsTest.told(ours, method, said))))
          .as("calls that Transmission answers otherwise")
          .isEmpty();
    }
  }

  private Map<String, Set<String>> answers(CallTable table, TrAnswers.Sender sender)
      throws Exception {
    for (byte[] torrent : List.of(album, film)) {
      sender.send(
          "torrent-add",
          Json.object()
              .put("metainfo", Base64.getEncoder().encodeToString(torrent))
              .put("download-dir", (torrent == album ? own : in).toString()));
    }
    JsonNode ask = read("{\"fields\":[\"leftUntilDone\",\"status\",\"peersConnected\"]}");
    TestDaemon.await(
        "half of one and all of the other",
        () -> {
          try {
            JsonNode all = sender.send("torrent-get", ask).path("arguments").path("torrents");
            return all.size() == 2
                && all.path(0).path("status").asInt() == 6
                && all.path(1).path("leftUntilDone").asLong() == PIECE * PIECES / 2
                && all.path(1).path("peersConnected").asInt() == 1;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    return table.ask(
        new CallTable.Program() {
          @Override
          public Set<String> answer(String call) throws Exception {
            JsonNode answer = ask(sender, call);
            boolean good = answer.path("result").asString("").equals("success");
            Set<String> told = new TreeSet<>(Set.of(good ? "success" : "refused"));
            told.addAll(good ? Shapes.of(answer.path("arguments")) : Set.of());
            return told;
          }

          @Override
          public boolean tells(String call, String text) throws Exception {
            return ask(sender, call).toString().contains(text);
          }
        });
  }

  private JsonNode ask(TrAnswers.Sender sender, String call) throws Exception {
    String[] parts = call.split(" ", 2);
    return sender.send(
        parts[0],
        read(
            filled(parts[1])
                .replace("FILE", Base64.getEncoder().encodeToString(film))
                .replace("ALL", "'" + String.join("','", RealClientsTest.FIELDS) + "','peers'")
                .replace('\'', '"')));
  }
}
