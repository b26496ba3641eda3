package sluice.protocol.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes, rates and times as people write them. */
public final class Quantity {
  private static final int MAX_CHARS = 32;
  private static final Pattern BYTES =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)(i?b|)(/s)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d|)", Pattern.CASE_INSENSITIVE);
  private static final String PREFIXES = "kmgt";

  private Quantity() {}

  /**
   * A number of bytes: {@code 16384}, {@code 500K}, {@code 1.5MiB}. {@code K}, {@code M}, {@code G}
   * and {@code T} are powers of 1024, with or without {@code iB}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static long bytes(String text) {
    Matcher m = BYTES.matcher(text);
    if (text.length() > MAX_CHARS || !m.matches() || m.group(4) != null) {
      throw new IllegalArgumentException(
          "'" + shorten(text) + "' is no size; write it like 16384, 500K, 2M or 1.5MiB");
    }
    return scaled(m);
  }

  /** Bytes per second: as {@link #bytes}, and {@code /s} may follow. */
  public static long rate(String text) {
    Matcher m = BYTES.matcher(text);
    if (text.length() > MAX_CHARS || !m.matches()) {
      throw new IllegalArgumentException(
          "'" + shorten(text) + "' is no rate; write bytes per second like 500K, 2M or 1.5MiB");
    }
    return scaled(m);
  }

  /** A time: {@code 90} or {@code 90s}, {@code 10m}, {@code 2h}, {@code 1d}. */
  public static Duration time(String text) {
    Matcher m = TIME.matcher(text);
    if (text.length() > MAX_CHARS || !m.matches()) {
      throw new IllegalArgumentException(
          "'" + shorten(text) + "' is no time; write it like 90s, 10m or 2h");
    }
    long unitMillis =
        switch (m.group(2).toLowerCase(Locale.ROOT)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> 1000;
        };
    return Duration.ofMillis(whole(m.group(1), unitMillis));
  }

  private static long scaled(Matcher m) {
    String prefix = m.group(2).toLowerCase(Locale.ROOT);
    int power = prefix.isEmpty() ? 0 : PREFIXES.indexOf(prefix) + 1;
    return whole(m.group(1), 1L << (10 * power));
  }

  private static long whole(String number, long unit) {
    BigDecimal product = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
    if (product.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000)) > 0) {
      throw new IllegalArgumentException("'" + number + "' is too large");
    }
    return product.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static String shorten(String text) {
    return Shown.text(text, MAX_CHARS) + (text.length() > MAX_CHARS ? "..." : "");
  }
}
