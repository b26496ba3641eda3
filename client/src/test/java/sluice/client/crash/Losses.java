package sluice.client.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bytes that kills cost. At each time, what was sent to a leech in a round less what it has for
 * good was sent for nothing so far.
 */
final class Losses {
  private final List<Long> kills = new ArrayList<>();
  private long rounds;
  private long twiceBytes;
  private long base;
  private long lastBytes;
  private String worst = "";
  private long mostBytes = Long.MIN_VALUE;

  /** A round begins; so much was sent before. */
  void begin(long sentBytes) {
    rounds++;
    base = sentBytes;
    lastBytes = 0;
  }

  /** A kill; {@code bytes} were sent in all less those that are there. */
  void add(long bytes, String what) {
    long lost = bytes - base - lastBytes;
    lastBytes += lost;
    kills.add(lost);
    if (lost > mostBytes) {
      mostBytes = lost;
      worst = what;
    }
  }

  /** The last kill, for people. */
  String last() {
    return "bytes lost: " + kills.getLast();
  }

  /** The end of a round; {@code bytes} were sent in all less those of all torrents. */
  void end(long bytes) {
    twiceBytes += bytes - base;
  }

  /** Sent more than once, for each kill, in percent of all torrents. */
  double averagePercent(long totalBytes) {
    return 100.0 * twiceBytes / kills.size() / totalBytes;
  }

  String report(long totalBytes, int acknowledged) {
    List<Long> sorted = kills.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%d kills in %d rounds of %d bytes, %d acknowledged wishes; fetched again for each kill:"
            + " %.2f %% on average; lost at a kill: median %d, p90 %d, most %d bytes (%.2f %%, %s)",
        kills.size(),
        rounds,
        totalBytes,
        acknowledged,
        averagePercent(totalBytes),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 9 / 10),
        mostBytes,
        100.0 * mostBytes / totalBytes,
        worst);
  }
}
