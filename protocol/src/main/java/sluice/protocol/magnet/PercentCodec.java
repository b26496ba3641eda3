package sluice.protocol.magnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Percent escapes of URI parameters. Pure. */
final class PercentCodec {
  private static final String HEX = "0123456789ABCDEF";
  private static final String PLAIN = "-_.~";

  private PercentCodec() {}

  /**
   * The text that {@code escaped} stands for, as UTF-8. A percent sign without two hexadecimal
   * digits stands for itself.
   *
   * @param plusIsSpace whether a plus sign stands for a space, as forms write it
   */
  static String decode(String escaped, boolean plusIsSpace) {
    byte[] in = escaped.getBytes(UTF_8);
    byte[] out = new byte[in.length];
    int size = 0;
    for (int i = 0; i < in.length; i++) {
      int value = in[i] == '%' && i + 2 < in.length ? hex(in[i + 1], in[i + 2]) : -1;
      if (value >= 0) {
        out[size++] = (byte) value;
        i += 2;
      } else {
        out[size++] = plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i];
      }
    }
    return new String(Arrays.copyOf(out, size), UTF_8);
  }

  private static int hex(byte high, byte low) {
    int a = Character.digit(high, 16);
    int b = Character.digit(low, 16);
    return a < 0 || b < 0 ? -1 : a << 4 | b;
  }

  /** {@code text} with everything but letters, digits and {@code -_.~} escaped. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      int c = b & 0xFF;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      if (plain) {
        out.append((char) c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}
