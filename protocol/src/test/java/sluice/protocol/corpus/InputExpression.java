package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * The input of a corpus row, written as parts that follow each other:
 *
 * <ul>
 *   <li>{@code 0x6465}: bytes in hexadecimal;
 *   <li>{@code "text"}: ASCII with the escapes {@code \n \t \" \\ \xNN};
 *   <li>{@code str(parts)}: the bencoded byte string of the parts;
 *   <li>{@code repeat(n, parts)}: the parts n times;
 *   <li>{@code number(n, parts)}: the same, the first {@code ######} being the number of the turn.
 * </ul>
 */
final class InputExpression {
  private static final String NUMBER = "######";

  private final String text;
  private int at;

  private InputExpression(String text) {
    this.text = text;
  }

  /** The bytes that {@code text} stands for. */
  static byte[] evaluate(String text) {
    InputExpression expression = new InputExpression(text);
    byte[] bytes = expression.parts();
    if (expression.at != text.length()) {
      throw expression.error("unexpected character");
    }
    return bytes;
  }

  private byte[] parts() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    skipSpace();
    while (at < text.length() && text.charAt(at) != ')') {
      out.writeBytes(part());
      skipSpace();
    }
    return out.toByteArray();
  }

  private byte[] part() {
    if (text.startsWith("0x", at)) {
      return hex();
    }
    if (text.charAt(at) == '"') {
      return quoted();
    }
    int open = text.indexOf('(', at);
    if (open < 0) {
      throw error("unknown part");
    }
    String function = text.substring(at, open);
    at = open + 1;
    byte[] result =
        switch (function) {
          case "str" -> bencoded(parts());
          case "repeat" -> repeat(count(), parts(), false);
          case "number" -> repeat(count(), parts(), true);
          default -> throw error("unknown function " + function);
        };
    expect(')');
    return result;
  }

  private byte[] hex() {
    int from = at + 2;
    at = from;
    while (at < text.length() && HexFormat.isHexDigit(text.charAt(at))) {
      at++;
    }
    return HexFormat.of().parseHex(text, from, at);
  }

  private byte[] quoted() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        c = text.charAt(++at);
        switch (c) {
          case 'n' -> c = '\n';
          case 't' -> c = '\t';
          case 'x' -> {
            c = (char) HexFormat.fromHexDigits(text, at + 1, at + 3);
            at += 2;
          }
          default -> c = text.charAt(at);
        }
      }
      out.write(c);
    }
    at++;
    return out.toByteArray();
  }

  private int count() {
    int comma = text.indexOf(',', at);
    int count = Integer.parseInt(text.substring(at, comma).strip());
    at = comma + 1;
    return count;
  }

  private static byte[] bencoded(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((content.length + ":").getBytes(US_ASCII));
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] repeat(int count, byte[] content, boolean numbered) {
    int slot = numbered ? new String(content, ISO_8859_1).indexOf(NUMBER) : -1;
    ByteArrayOutputStream out = new ByteArrayOutputStream(count * content.length);
    for (int i = 0; i < count; i++) {
      int rest = i;
      for (int digit = slot + NUMBER.length() - 1; slot >= 0 && digit >= slot; digit--) {
        content[digit] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private void expect(char c) {
    skipSpace();
    if (at >= text.length() || text.charAt(at) != c) {
      throw error("expected " + c);
    }
    at++;
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException(what + " at " + at + " of " + text);
  }
}
