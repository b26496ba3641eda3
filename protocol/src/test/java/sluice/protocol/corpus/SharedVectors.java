package sluice.protocol.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The test vectors that lie beside the repository; tests that need them are skipped without. */
public final class SharedVectors {
  private SharedVectors() {}

  /** The folder with the vectors; skips the test, with a reason, when it is not there. */
  public static Path folder() {
    String configured = System.getProperty("sluice.shared", "");
    List<Path> candidates =
        configured.isEmpty()
            ? List.of(Path.of("../../shared"), Path.of("../../../shared"))
            : List.of(Path.of(configured));
    for (Path candidate : candidates) {
      Path vectors = candidate.resolve("vectors");
      if (Files.isDirectory(vectors)) {
        return vectors;
      }
    }
    String reason = "skipped: no shared vectors at " + candidates;
    System.out.println(reason);
    Assumptions.abort(reason);
    throw new IllegalStateException(reason);
  }

  /** The bytes of one file of the vectors. */
  public static byte[] read(String name) {
    Path file = folder().resolve(name);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
