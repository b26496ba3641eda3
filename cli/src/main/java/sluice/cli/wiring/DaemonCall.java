package sluice.cli.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.daemon.config.ControlFile;

/** Asks the daemon that runs on a state folder. One thread. */
public final class DaemonCall {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int MAX_BYTES = 64 << 20;

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

  /** Its process. */
  public long pid() {
    return control.pid();
  }

  /** What it answers. */
  public String ask(String method, String path, String accept) {
    try {
      URL url = URI.create(control.url()).resolve(path).toURL();
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("X-API-Key", control.key());
      connection.setRequestProperty("Accept", accept);
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        String body =
            in == null ? "" : new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        if (status >= 400) {
          throw new Problem(ExitCode.FAILED, "the daemon answers " + status + ": " + body);
        }
        return body;
      }
    } catch (IOException e) {
      throw new Problem(
          ExitCode.UNREACHABLE,
          "the daemon (process " + control.pid() + ") cannot be reached: " + e.getMessage());
    }
  }
}
