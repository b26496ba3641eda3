package sluice.market;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The test vectors that the specification of bwpay comes with. */
public final class Vectors {
  /** The folder that has them, and the program that computes them. */
  public static final Path FOLDER = Path.of("..", "docs", "bwpay");

  private static final Map<String, String> ALL = read();

  private Vectors() {}

  /** All of them by name. */
  public static Map<String, String> all() {
    return Collections.unmodifiableMap(ALL);
  }

  /** The one of this name. */
  public static String value(String name) {
    return requireNonNull(ALL.get(name), name);
  }

  private static Map<String, String> read() {
    try {
      Map<String, String> vectors = new LinkedHashMap<>();
      for (String line : Files.readAllLines(FOLDER.resolve("vectors.tsv"))) {
        if (!line.startsWith("#")) {
          String[] columns = line.split("\t", -1);
          vectors.put(columns[0], columns[1]);
        }
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
