package sluice.daemon.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of the web page, as the build of {@code web} made them. Immutable. */
final class Bundle {
  /** Names the files, one a line. */
  static final String LIST = "files.txt";

  private static final String FOLDER = "bundle/";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /** Reads all of them; none if the page is not in the program. */
  Bundle() {
    String list = read(LIST).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    for (String name : list.lines().toList()) {
      read(name).ifPresent(bytes -> files.put(name, bytes));
    }
  }

  /** The bytes of a file. */
  Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream in = Bundle.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
