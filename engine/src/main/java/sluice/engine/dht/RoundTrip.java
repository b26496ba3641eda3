package sluice.engine.dht;

/** How long answers take, and so how long to wait for one (as in RFC 6298). Loop only. */
final class RoundTrip {
  /** After this another node is asked besides. */
  static final long MIN_SLOW_NANOS = 300_000_000L;

  static final long MAX_SLOW_NANOS = 2_000_000_000L;

  /** After this no answer is awaited. */
  static final long MIN_LOST_NANOS = 2_000_000_000L;

  static final long MAX_LOST_NANOS = 6_000_000_000L;

  private static final long FIRST_SLOW_NANOS = 1_000_000_000L;
  private static final int LOST_PER_SLOW = 4;

  private long meanNanos;
  private long deviationNanos;
  private boolean measured;

  void measure(long nanos) {
    if (measured) {
      deviationNanos += (Math.abs(nanos - meanNanos) - deviationNanos) / 4;
      meanNanos += (nanos - meanNanos) / 8;
    } else {
      measured = true;
      meanNanos = nanos;
      deviationNanos = nanos / 2;
    }
  }

  long slowNanos() {
    return measured
        ? Math.clamp(meanNanos + 4 * deviationNanos, MIN_SLOW_NANOS, MAX_SLOW_NANOS)
        : FIRST_SLOW_NANOS;
  }

  long lostNanos() {
    return Math.clamp(LOST_PER_SLOW * slowNanos(), MIN_LOST_NANOS, MAX_LOST_NANOS);
  }
}
