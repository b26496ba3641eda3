package sluice.daemon;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** A BitTorrent program of others that runs in a folder of a test and answers over HTTP. */
final class RealProgram implements AutoCloseable {
  private static final int TRIES = 5;
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile String session = "";
  final int port;

  private RealProgram(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** qBittorrent's daemon with its profile in {@code folder}. */
  static RealProgram qbittorrent(Path folder) throws Exception {
    Path program = need("qbittorrent-nox");
    return start(
        folder,
        port -> {
          Path config = Files.createDirectories(folder.resolve("qBittorrent/config"));
          Files.writeString(
              config.resolve("qBittorrent.conf"),
              "[LegalNotice]\nAccepted=true\n[Preferences]\nWebUI\\Port="
                  + port
                  + "\nWebUI\\Address=127.0.0.1\nWebUI\\LocalHostAuth=false\n"
                  + "[BitTorrent]\nSession\\Port=0\nSession\\DHTEnabled=false\n"
                  + "Session\\LSDEnabled=false\nSession\\PeXEnabled=false\n"
                  + "Session\\DefaultSavePath="
                  + folder
                  + "\n");
          return List.of(program.toString(), "--profile=" + folder);
        },
        real -> real.get("/api/v2/app/defaultSavePath").startsWith(folder.toString()));
  }

  /** Transmission's daemon with its state in {@code folder}. */
  static RealProgram transmission(Path folder) throws Exception {
    Path program = need("transmission-daemon");
    Files.createDirectories(folder);
    return start(
        folder,
        port -> {
          Files.writeString(
              folder.resolve("settings.json"),
              "{\"rpc-port\":"
                  + port
                  + ",\"rpc-bind-address\":\"127.0.0.1\",\"peer-port\":"
                  + free()
                  + ",\"dht-enabled\":false,"
                  + "\"lpd-enabled\":false,\"pex-enabled\":false,\"utp-enabled\":false,"
                  + "\"port-forwarding-enabled\":false}");
          return List.of(program.toString(), "-f", "-g", folder.toString());
        },
        real ->
            real.rpc("session-get", Json.object())
                .path("config-dir")
                .asString("")
                .equals(folder.toString()));
  }

  private interface Command {
    List<String> at(int port) throws IOException;
  }

  private interface Ready {
    boolean is(RealProgram program) throws Exception;
  }

  private static Path need(String name) {
    Path program = Path.of("/usr/bin", name);
    assumeTrue(Files.isExecutable(program), name + " is not installed");
    return program;
  }

  private static int free() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Starts it at a free port; if somebody else took that meanwhile, at another one. */
  private static RealProgram start(Path folder, Command command, Ready ready) throws Exception {
    Files.createDirectories(folder);
    for (int i = 0; i < TRIES; i++) {
      int port = free();
      Path log = folder.resolve("log" + i + ".txt");
      ProcessBuilder builder = new ProcessBuilder(command.at(port));
      builder.environment().putAll(Map.of("HOME", folder.toString(), "LC_ALL", "C"));
      RealProgram real =
          new RealProgram(
              builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log, port);
      if (real.await(ready)) {
        return real;
      }
      real.close();
    }
    throw new AssertionError("does not answer; see " + folder);
  }

  private boolean await(Ready ready) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - end < 0 && process.isAlive()) {
      try {
        if (ready.is(this)) {
          return true;
        }
      } catch (Exception notYet) {
        if (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
          continue;
        }
      }
    }
    return false;
  }

  String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))).body();
  }

  JsonNode json(String path) throws Exception {
    return Json.read(get(path).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  String post(String path, String type, byte[] body) throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
        .body();
  }

  /** What Transmission answers. */
  JsonNode rpc(String method, JsonNode arguments) throws Exception {
    return told(method, arguments).path("arguments");
  }

  /** The same with its outcome. */
  JsonNode told(String method, JsonNode arguments) throws Exception {
    JsonNode body = Json.object().put("method", method).set("arguments", arguments);
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/transmission/rpc"))
                  .header("X-Transmission-Session-Id", session)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
      if (answer.statusCode() == 200) {
        return Json.read(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      session = answer.headers().firstValue("X-Transmission-Session-Id").orElse("");
    }
    throw new AssertionError("transmission does not answer");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Asks it to end by a signal, as its service manager does, and waits until its state is kept. */
  void end() throws Exception {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("has not ended: " + Files.readString(log));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
