package sluice.daemon.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * How programs of the same user reach the daemon that runs: its address, a key, its process. The
 * file is in the state folder while the daemon runs, and only its owner may read it.
 *
 * @param url of its web server
 * @param key that allows everything
 * @param pid of its process
 */
public record ControlFile(String url, String key, long pid) {
  private static final String NAME = "control";
  private static final int MAX_BYTES = 4_096;

  /** The file's place. */
  public static Path in(Path state) {
    return state.resolve(NAME);
  }

  /** Of the daemon that uses {@code state}; empty if none runs, as far as the file tells. */
  public static Optional<ControlFile> read(Path state) throws IOException {
    Path file = in(state);
    if (!Files.exists(file) || Files.size(file) > MAX_BYTES) {
      return Optional.empty();
    }
    Properties lines = new Properties();
    lines.load(new StringReader(Files.readString(file)));
    try {
      long pid = Long.parseLong(lines.getProperty("pid", "0"));
      return ProcessHandle.of(pid).isPresent()
          ? Optional.of(
              new ControlFile(lines.getProperty("url", ""), lines.getProperty("key", ""), pid))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** What the file contains. */
  public byte[] bytes() {
    return ("url=" + url + "\nkey=" + key + "\npid=" + pid + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
