package sluice.cli.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.text.Json;
import sluice.daemon.config.ControlFile;

/** Asks a daemon: the one that runs on a state folder, or one at an address. One thread. */
public final class DaemonCall {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 64 << 20;
  private static final String JSON = "application/json";

  private final ControlFile control;

  private DaemonCall(ControlFile control) {
    this.control = control;
  }

  /** The daemon on {@code state}; empty if none runs. */
  public static Optional<DaemonCall> find(Path state) throws IOException {
    return ControlFile.read(state).map(DaemonCall::new);
  }

  /** The daemon on {@code state}, which must run. */
  public static DaemonCall need(Path state) throws IOException {
    return find(state)
        .orElseThrow(() ->
            new Problem(ExitCode.UNREACHABLE, "no daemon runs on " + state + "; see sluice start"));
  }

  /** The daemon at {@code url}, which knows {@code key}. */
  public static DaemonCall at(URI url, String key) {
    return new DaemonCall(new ControlFile(url.toString(), key, 0));
  }

  /** Its process, if it is one of this machine. */
  public long pid() {
    return control.pid();
  }

  /** What it answers, in the type that {@code accept} names. */
  public String ask(String method, String path, String accept) {
    try {
      HttpURLConnection connection = open(method, path, accept);
      return answer(connection.getResponseCode(), body(connection));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** The object that it answers. */
  public Fields get(String path) {
    return Fields.read(ask("GET", path, JSON));
  }

  /** The object that it answers to another one. */
  public Fields send(String method, String path, Map<String, Object> object) {
    byte[] body = Json.of(object).getBytes(StandardCharsets.UTF_8);
    try {
      return Fields.read(method.equals("PATCH") ? patch(path, body) : send(method, path, body));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private String send(String method, String path, byte[] body) throws IOException {
    HttpURLConnection connection = open(method, path, JSON);
    connection.setRequestProperty("Content-Type", JSON);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
    return answer(connection.getResponseCode(), body(connection));
  }

  /** Of all methods, the client that starts in a tenth of the time does not know this one. */
  private String patch(String path, byte[] body) throws IOException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(address(path))
                  .timeout(TIMEOUT)
                  .header("X-API-Key", control.key())
                  .header("Content-Type", JSON)
                  .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Reads lines as they come until {@code last} takes one for the last, or the daemon ends. */
  public void follow(String path, Predicate<String> last) {
    try {
      HttpURLConnection connection = open("GET", path, "text/event-stream");
      if (connection.getResponseCode() != 200) {
        answer(connection.getResponseCode(), body(connection));
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        while (line != null && !last.test(line)) {
          line = lines.readLine();
        }
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Writes what it answers into {@code file}, which appears when all is there. */
  public void save(String path, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    HttpURLConnection connection = open("GET", path, "*/*");
    if (connection.getResponseCode() != 200) {
      answer(connection.getResponseCode(), body(connection));
    }
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private URI address(String path) {
    return URI.create(control.url()).resolve(path);
  }

  private HttpURLConnection open(String method, String path, String accept) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address(path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) TIMEOUT.toMillis());
    connection.setReadTimeout((int) TIMEOUT.toMillis());
    connection.setRequestProperty("X-API-Key", control.key());
    connection.setRequestProperty("Accept", accept);
    return connection;
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream in =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return in == null ? "" : new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static String answer(int status, String body) {
    if (status < 400) {
      return body;
    }
    ExitCode code =
        switch (status) {
          case 401, 403 -> ExitCode.REFUSED;
          case 404 -> ExitCode.NOT_FOUND;
          case 415 -> ExitCode.INVALID;
          default -> ExitCode.FAILED;
        };
    throw new Problem(code, "the daemon answers " + status + ": " + detail(body));
  }

  private static String detail(String body) {
    try {
      String detail = Fields.read(body).text("detail");
      return detail.isEmpty() ? body.strip() : detail;
    } catch (IllegalArgumentException e) {
      return body.strip();
    }
  }

  private Problem unreachable(IOException e) {
    String who = control.pid() > 0 ? "process " + control.pid() : control.url();
    return new Problem(
        ExitCode.UNREACHABLE, "the daemon (" + who + ") cannot be reached: " + e.getMessage());
  }
}
