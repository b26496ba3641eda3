package sluice.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A transmission-daemon with many torrents, as one who asks it by RPC sees it. */
final class Transmission {
  private static final long LOOK_MILLIS = 50;

  private final Path folder;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private String session = "none";

  private Transmission(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Makes its settings. */
  static Transmission in(Path folder, String data) throws IOException {
    int port;
    int peerPort;
    try (ServerSocket rpc = new ServerSocket(0);
        ServerSocket peer = new ServerSocket(0)) {
      port = rpc.getLocalPort();
      peerPort = peer.getLocalPort();
    }
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("settings.json"),
        """
        {"rpc-enabled": true, "rpc-bind-address": "127.0.0.1", "rpc-port": %d,
        "rpc-whitelist-enabled": false, "rpc-host-whitelist-enabled": false,
        "bind-address-ipv4": "127.0.0.1", "peer-port": %d, "dht-enabled": false,
        "lpd-enabled": false, "pex-enabled": false, "utp-enabled": false,
        "port-forwarding-enabled": false, "download-dir": "%s", "queue-stalled-enabled": false,
        "download-queue-enabled": false, "seed-queue-enabled": false}
        """
            .formatted(port, peerPort, data));
    return new Transmission(folder, port);
  }

  Subject start(Path log) {
    List<String> command = List.of("transmission-daemon", "-f", "-g", folder.toString());
    return Subject.start("transmission", command, log);
  }

  /** Waits until it answers. */
  void awaitUp() throws InterruptedException {
    awaitListed(0);
  }

  /** Adds all torrent files of {@code torrents}. */
  void add(Path torrents) throws IOException, InterruptedException {
    List<Path> all;
    try (Stream<Path> files = Files.list(torrents)) {
      all = files.toList();
    }
    for (Path file : all) {
      String answer = call("torrent-add", "{\"filename\": \"" + file + "\"}");
      if (!answer.contains("torrent-added")) {
        throw new IOException("transmission does not add " + file + ": " + answer);
      }
    }
  }

  /** Waits until it tells of {@code count} torrents. */
  void awaitListed(int count) throws InterruptedException {
    while (number("session-stats", "{}", "torrentCount") < count) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Waits until {@code count} torrents are complete and seeding. */
  void awaitSeeding(int count) throws InterruptedException {
    Pattern seeding = Pattern.compile("\"status\":6");
    while (true) {
      String answer = call("torrent-get", "{\"fields\": [\"status\"]}");
      if (seeding.matcher(answer).results().count() >= count) {
        return;
      }
      Thread.sleep(LOOK_MILLIS * 20);
    }
  }

  private long number(String method, String arguments, String field) throws InterruptedException {
    Matcher matcher = Pattern.compile("\"" + field + "\":(\\d+)").matcher(call(method, arguments));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** The answer, or nothing as long as it does not answer. */
  private String call(String method, String arguments) throws InterruptedException {
    String body = "{\"method\": \"" + method + "\", \"arguments\": " + arguments + "}";
    try {
      HttpResponse<String> answer = post(body);
      if (answer.statusCode() == 409) {
        session = answer.headers().firstValue("X-Transmission-Session-Id").orElseThrow();
        answer = post(body);
      }
      return answer.body();
    } catch (IOException notYet) {
      return "";
    }
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/transmission/rpc");
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("X-Transmission-Session-Id", session)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
