package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of the corpus and what must become of it.
 *
 * @param method GET or POST
 * @param target where it goes
 * @param verdict status and, behind a colon, what is in the answer
 * @param why what the row is about
 * @param text the body: with {@code \n}, {@code \xNN}, {@code {x*9}} for nine x, and {@code {name}}
 *     for what only the test knows
 */
record ApiRow(String id, String method, String target, String verdict, String why, String text) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|n)");
  private static final Pattern PART = Pattern.compile("\\{(?:(.)\\*([0-9]+)|([a-zA-Z]+))\\}");

  /** All rows. */
  static List<ApiRow> all() {
    try (InputStream in =
        Objects.requireNonNull(ApiRow.class.getResourceAsStream("/corpus/api.tsv"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(c -> {
            String[] route = c[1].split(" ", 2);
            return new ApiRow(c[0], route[0], route[1], c[2], c[3], c[4]);
          })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status() {
    return Integer.parseInt(verdict.substring(0, 3));
  }

  /** What is in the answer. */
  String word() {
    return verdict.substring(4);
  }

  /** The same with what the test knows. */
  ApiRow with(Map<String, String> known) {
    return new ApiRow(id, method, filled(target, known), verdict, why, filled(text, known));
  }

  private static String filled(String text, Map<String, String> known) {
    return PART.matcher(text).replaceAll(m -> Matcher.quoteReplacement(part(m, known)));
  }

  private static String part(MatchResult part, Map<String, String> known) {
    return part.group(1) == null
        ? known.getOrDefault(part.group(3), part.group())
        : part.group(1).repeat(Integer.parseInt(part.group(2)));
  }

  /** The body's bytes. */
  byte[] body() {
    String utf8 = new String(text.getBytes(UTF_8), ISO_8859_1);
    return ESCAPE
        .matcher(utf8)
        .replaceAll(m -> Matcher.quoteReplacement(escaped(m)))
        .getBytes(ISO_8859_1);
  }

  private static String escaped(MatchResult escape) {
    return escape.group(1) == null
        ? "\n"
        : String.valueOf((char) Integer.parseInt(escape.group(1), 16));
  }
}
