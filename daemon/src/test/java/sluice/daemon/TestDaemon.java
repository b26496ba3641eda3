package sluice.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import sluice.client.ClientConfig;
import sluice.client.limit.LimitRules;
import sluice.daemon.config.DaemonSettings;
import sluice.daemon.config.DoorSettings;
import sluice.daemon.config.MarketSettings;
import sluice.daemon.config.NoticeSettings;
import sluice.daemon.config.TrackerPlace;
import sluice.daemon.trade.Trade;
import sluice.daemon.web.Json;
import sluice.daemon.web.Scope;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.storage.hashing.TorrentMaker;
import tools.jackson.databind.JsonNode;

/** A daemon on loopback in a folder of a test, and a caller of it. */
final class TestDaemon implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_MILLIS = 20;

  final Daemon daemon;
  final Path folder;
  final String key;
  private final HttpClient http = HttpClient.newHttpClient();

  TestDaemon(Path folder) throws IOException {
    this(folder, Optional.empty());
  }

  TestDaemon(Path folder, Optional<Path> watch) throws IOException {
    this(folder, watch, List.of(), Optional.empty(), NoticeSettings.NOBODY);
  }

  TestDaemon(Path folder, List<Path> folders) throws IOException {
    this(folder, Optional.empty(), folders, Optional.empty(), NoticeSettings.NOBODY);
  }

  TestDaemon(
      Path folder,
      Optional<Path> watch,
      List<Path> folders,
      Optional<Path> page,
      NoticeSettings notices)
      throws IOException {
    this(folder, watch, folders, page, notices, DoorSettings.PLAIN);
  }

  TestDaemon(
      Path folder,
      Optional<Path> watch,
      List<Path> folders,
      Optional<Path> page,
      NoticeSettings notices,
      DoorSettings door)
      throws IOException {
    this.folder = folder;
    daemon =
        Daemon.start(
            settings(folder, watch, folders, page, notices, door, UnaryOperator.identity()));
    key = daemon.keys().make("test", Scope.ALL).secret();
  }

  /** One whose engine is otherwise. */
  TestDaemon(Path folder, UnaryOperator<EngineConfig> engine) throws IOException {
    this.folder = folder;
    daemon = Daemon.start(plain(folder, engine));
    key = daemon.keys().make("test", Scope.ALL).secret();
  }

  /** One that trades by {@code market}. */
  TestDaemon(Path folder, MarketSettings market, Trade.Opener opener) throws IOException {
    this.folder = folder;
    DaemonSettings plain = plain(folder, UnaryOperator.identity());
    daemon = Daemon.start(plain.trading(market), opener);
    key = daemon.keys().make("test", Scope.ALL).secret();
  }

  private static DaemonSettings plain(Path folder, UnaryOperator<EngineConfig> engine) {
    return settings(
        folder,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        NoticeSettings.NOBODY,
        DoorSettings.PLAIN,
        engine);
  }

  private static DaemonSettings settings(
      Path folder,
      Optional<Path> watch,
      List<Path> folders,
      Optional<Path> page,
      NoticeSettings notices,
      DoorSettings door,
      UnaryOperator<EngineConfig> engine) {
    List<Path> all = new java.util.ArrayList<>(folders);
    all.add(folder.resolve("more"));
    InetAddress here = InetAddress.getLoopbackAddress();
    return new DaemonSettings(
        ClientConfig.of(engine.apply(EngineConfig.defaults(List.of(new Endpoint(here, 0))))),
        folder.resolve("state"),
        folder.resolve("downloads"),
        all,
        new InetSocketAddress(here, 0),
        List.of("box.example"),
        door,
        LimitRules.NONE,
        watch,
        true,
        page,
        Optional.empty(),
        TrackerPlace.NONE,
        notices);
  }

  URI uri(String path) {
    return URI.create(daemon.url()).resolve(path);
  }

  /** A request with the key. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("X-API-Key", key);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Json.read(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** The same where no exception may be thrown. */
  JsonNode told(String path) {
    try {
      return json(path);
    } catch (Exception e) {
      throw new AssertionError(path, e);
    }
  }

  HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> json(String method, String path, JsonNode body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  /** A torrent file of {@code size} bytes that are in {@code in}. */
  static byte[] torrent(Path in, String name, int size) throws Exception {
    byte[] data = new byte[size];
    new Random(name.hashCode()).nextBytes(data);
    Files.write(Files.createDirectories(in).resolve(name), data);
    return TorrentMaker.make(
            in.resolve(name),
            options -> options.version(Version.V1).pieceLength(1 << 16),
            (done, total) -> {})
        .bytes();
  }

  /** Waits for something that is to become true. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("has not become true: " + what);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public void close() {
    daemon.close();
    http.close();
  }
}
