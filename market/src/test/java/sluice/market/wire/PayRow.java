package sluice.market.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.market.Vectors;

/**
 * One input of the corpus and what must become of it.
 *
 * @param reader {@code message} or {@code handshake}
 * @param verdict {@code accept:} and what it is, {@code reject}, or {@code nothing}
 * @param why what the row is about
 * @param text the bytes: ASCII with {@code \xNN}, {@code {x*9}} for nine x, {@code {hub}} for the
 *     vector of this name, {@code {hub@4}} for it from byte 4 on, {@code {hub:4}} up to it
 */
record PayRow(String id, String reader, String verdict, String why, String text) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-f]{2})");
  private static final Pattern PART =
      Pattern.compile("\\{(?:(.)\\*([0-9]+)|([a-z0-9.]+?)(?:([@:])([0-9]+))?)\\}", Pattern.DOTALL);

  /** All rows. */
  static List<PayRow> all() {
    try (InputStream in =
        Objects.requireNonNull(PayRow.class.getResourceAsStream("/corpus/bwpay.tsv"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(c -> new PayRow(c[0], c[1], c[2], c[3], c[4]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is read. */
  byte[] bytes() {
    String escaped =
        ESCAPE
            .matcher(text)
            .replaceAll(
                m -> Matcher.quoteReplacement("" + (char) Integer.parseInt(m.group(1), 16)));
    return PART.matcher(escaped)
        .replaceAll(m -> Matcher.quoteReplacement(part(m)))
        .getBytes(ISO_8859_1);
  }

  private static String part(MatchResult part) {
    if (part.group(1) != null) {
      return part.group(1).repeat(Integer.parseInt(part.group(2)));
    }
    byte[] vector = HexFormat.of().parseHex(Vectors.value(part.group(3)));
    String whole = new String(vector, ISO_8859_1);
    if (part.group(4) == null) {
      return whole;
    }
    int at = Integer.parseInt(part.group(5));
    return part.group(4).equals("@") ? whole.substring(at) : whole.substring(0, at);
  }
}
