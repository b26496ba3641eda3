package sluice.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * One answer of a web server and what becomes of it.
 *
 * @param id unique name
 * @param reader {@code range} for a question for the bytes 100 to 199 of a file, {@code get} for
 *     one that takes 1,000 bytes at most
 * @param verdict see {@link HttpAsk}
 * @param why what the row is about
 * @param text the bytes: {@code \n} is the end of a line with its carriage return, {@code \l} one
 *     without, {@code \xNN} a byte, <code>{text*n}</code> the text n times
 */
record HttpRow(String id, String reader, String verdict, String why, String text) {
  static final long FROM = 100;
  static final long TO = 200;

  /** All rows. */
  static List<HttpRow> all() {
    var resource = Objects.requireNonNull(HttpRow.class.getResourceAsStream("/corpus/http.tsv"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, ISO_8859_1))) {
      return lines.lines().filter(l -> !l.startsWith("#")).map(HttpRow::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRow of(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 5 || !columns[2].matches("(accept|reject):.+")) {
      throw new IllegalArgumentException("bad row: " + line);
    }
    return new HttpRow(columns[0], columns[1], columns[2], columns[3], columns[4]);
  }

  /** What the server sends. */
  byte[] bytes() {
    return evaluate(text);
  }

  private static byte[] evaluate(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        int star = text.indexOf('*', i);
        int end = text.indexOf('}', star);
        byte[] part = evaluate(text.substring(i + 1, star));
        for (int n = Integer.parseInt(text.substring(star + 1, end)); n > 0; n--) {
          out.writeBytes(part);
        }
        i = end;
      } else if (c == '\\') {
        char kind = text.charAt(++i);
        switch (kind) {
          case 'n' -> out.writeBytes(new byte[] {'\r', '\n'});
          case 'l' -> out.write('\n');
          case 'x' -> {
            out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
            i += 2;
          }
          default -> throw new IllegalArgumentException("unknown escape in " + text);
        }
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }
}
