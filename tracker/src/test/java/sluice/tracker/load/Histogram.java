package sluice.tracker.load;

/** Times of answers in steps of 10 µs up to one second, and the longest time without an answer. */
final class Histogram {
  private static final int STEP_NANOS = 10_000;
  private static final int STEPS = 100_000;

  private final long[] counts = new long[STEPS];
  private long total;
  private long last;
  private long longestGap;

  /** An answer at {@code now} to what was asked at {@code asked}. */
  void add(long asked, long now) {
    long nanos = now - asked;
    if (total > 0) {
      longestGap = Math.max(longestGap, now - last);
    }
    last = now;
    counts[Math.clamp(nanos / STEP_NANOS, 0, STEPS - 1)]++;
    total++;
  }

  /** The time within which this part of all was done, in microseconds. */
  long micros(double part) {
    long wanted = (long) Math.ceil(total * part);
    long seen = 0;
    for (int i = 0; i < STEPS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return (i + 1L) * STEP_NANOS / 1_000;
      }
    }
    return Long.MAX_VALUE;
  }

  /** The longest time between an answer and the next, in microseconds. */
  long longestGapMicros() {
    return longestGap / 1_000;
  }
}
