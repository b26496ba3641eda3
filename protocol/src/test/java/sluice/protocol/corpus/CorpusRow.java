package sluice.protocol.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One input of the corpus and what must become of it.
 *
 * @param id unique name
 * @param reader name of the {@link CorpusReader}
 * @param verdict {@code accept}, {@code reject} or {@code either}; a refusal may name its reason,
 *     as in {@code reject:BAD_LENGTH}
 * @param why what the row is about
 * @param expression see {@link InputExpression}
 */
public record CorpusRow(String id, String reader, String verdict, String why, String expression) {

  /** The bytes that are read. */
  public byte[] input() {
    return InputExpression.evaluate(expression);
  }

  /** All rows of all files in the resource folder {@code corpus}. */
  public static List<CorpusRow> all() {
    URL folder = Objects.requireNonNull(CorpusRow.class.getResource("/corpus"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      List<CorpusRow> rows = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank() && !line.startsWith("#")) {
            rows.add(row(file, line));
          }
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CorpusRow row(Path file, String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 5 || !columns[2].matches("accept|either|reject(:[A-Z0-9_]+)?")) {
      throw new IllegalArgumentException("bad row in " + file.getFileName() + ": " + line);
    }
    return new CorpusRow(columns[0], columns[1], columns[2], columns[3], columns[4]);
  }
}
