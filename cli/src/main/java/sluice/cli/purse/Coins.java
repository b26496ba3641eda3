package sluice.cli.purse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people write them, such as 12.5: a coin has a million micro-units. */
public final class Coins {
  private static final int DIGITS = 6;
  private static final long MICROS = 1_000_000;

  private Coins() {}

  /** The micro-units of {@code text}; an IllegalArgumentException says what is wrong with it. */
  public static long micros(String text) {
    Matcher m = Pattern.compile("([0-9]{1,13})(?:\\.([0-9]{1,6}))?").matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no amount; write it like 25 or 0.5, with at most 6 decimals");
    }
    String decimals = m.group(2) == null ? "" : m.group(2);
    long fraction = Long.parseLong(decimals + "0".repeat(DIGITS - decimals.length()));
    try {
      return Math.addExact(Math.multiplyExact(Long.parseLong(m.group(1)), MICROS), fraction);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is more than can be counted", e);
    }
  }

  /** How {@code micros} are written: no more decimals than needed. */
  public static String text(long micros) {
    String sign = micros < 0 ? "-" : "";
    String whole = Long.toUnsignedString(Long.divideUnsigned(Math.abs(micros), MICROS));
    long fraction = Long.remainderUnsigned(Math.abs(micros), MICROS);
    String decimals = String.format("%06d", fraction).replaceAll("0+$", "");
    return sign + whole + (decimals.isEmpty() ? "" : "." + decimals);
  }
}
