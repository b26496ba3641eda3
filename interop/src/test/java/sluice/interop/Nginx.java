package sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx as one unprivileged process that serves a folder, and what it was asked for. */
final class Nginx implements AutoCloseable {
  private final RealProcess process;
  private final int port;
  private final Path log;

  private Nginx(RealProcess process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Serves {@code root} below {@code /}.
   *
   * @param more lines of the server's configuration; {@code {root}} and {@code {work}} stand for
   *     the folders
   */
  static Nginx start(Path work, Path root, String more) {
    Program.need("nginx", Program.isOnPath("nginx"));
    int port = Patience.freePort();
    try {
      Path folder = Files.createDirectories(work.resolve("nginx"));
      Path config = folder.resolve("nginx.conf");
      String lines = more.replace("{root}", root.toString()).replace("{work}", work.toString());
      Files.writeString(config, CONFIG.formatted(port, root, lines));
      List<String> command =
          List.of("nginx", "-p", folder.toString(), "-c", config.toString(), "-e", "stderr");
      RealProcess process = RealProcess.start("nginx", folder, command);
      Patience.awaitListening(port, process);
      return new Nginx(process, port, folder.resolve("access.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String CONFIG =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      events { worker_connections 64; }
      http {
        log_format asked '$status $body_bytes_sent $connection $request_uri';
        access_log access.log asked;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen 127.0.0.1:%d;
          root "%s";
      %s
        }
      }
      """;

  /** The address of {@code path}, which begins with a slash. */
  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** Everything that it was asked for. */
  List<Asked> asked() {
    try {
      return Files.readAllLines(log).stream().map(Asked::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  /**
   * A request.
   *
   * @param sent bytes of the answer's body
   * @param connection the number of the connection
   */
  record Asked(int status, long sent, int connection, String path) {
    private static Asked of(String line) {
      String[] fields = line.split(" ", 4);
      return new Asked(
          Integer.parseInt(fields[0]),
          Long.parseLong(fields[1]),
          Integer.parseInt(fields[2]),
          fields[3]);
    }
  }
}
