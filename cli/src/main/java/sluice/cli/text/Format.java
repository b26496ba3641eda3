package sluice.cli.text;

import java.util.Locale;

/** Sizes, rates and times for people. */
public final class Format {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Format() {}

  /** Such as {@code 512 B} or {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    do {
      value /= 1024;
      unit++;
    } while (value >= 999.95 && unit < UNITS.length - 1);
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** Such as {@code 1.5 MiB/s}. */
  public static String rate(long bytesPerSecond) {
    return bytes(bytesPerSecond) + "/s";
  }

  /** Such as {@code 45s}, {@code 3m 05s}, {@code 2h 10m} or {@code 4d 3h}. */
  public static String time(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds % 3600 / 60);
    }
    return String.format(Locale.ROOT, "%dd %dh", seconds / 86_400, seconds % 86_400 / 3600);
  }

  /**
   * The share in whole per cent, rounded down: only all of it is 100. Nothing of nothing is all.
   */
  public static int percent(long part, long whole) {
    return whole <= 0 ? 100 : (int) Math.min(100, Math.floor(100.0 * part / whole));
  }
}
