package sluice.engine.utp;

/** Round-trip times and the time-out that follows from them (RFC 6298, minimum of BEP 29). */
final class RoundTrip {
  static final long FIRST_TIMEOUT_NANOS = 1_000_000_000L;
  static final long MIN_TIMEOUT_NANOS = 500_000_000L;

  /** Also the longest silence after a path that was cut is whole again. */
  static final long MAX_TIMEOUT_NANOS = 4_000_000_000L;

  private static final int MAX_DOUBLINGS = 6;
  private static final long MEMORY_NANOS = 60_000_000_000L;

  private long smooth;
  private long variance;
  private long least = Long.MAX_VALUE;
  private long nextLeast = Long.MAX_VALUE;
  private long leastSince;
  private int doublings;

  /** An answer to what was sent once came after {@code nanos}. */
  void sample(long nanos, long now) {
    if (smooth == 0) {
      smooth = nanos;
      variance = nanos / 2;
      leastSince = now;
    } else {
      variance += (Math.abs(smooth - nanos) - variance) / 4;
      smooth += (nanos - smooth) / 8;
    }
    if (now - leastSince > MEMORY_NANOS) {
      least = nextLeast;
      nextLeast = Long.MAX_VALUE;
      leastSince = now;
    }
    least = Math.min(least, nanos);
    nextLeast = Math.min(nextLeast, nanos);
  }

  /** Something was acknowledged. */
  void progress() {
    doublings = 0;
  }

  /** Nothing was, for the whole time-out. */
  void expired() {
    doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
  }

  long timeoutNanos() {
    long base =
        smooth == 0 ? FIRST_TIMEOUT_NANOS : Math.max(MIN_TIMEOUT_NANOS, smooth + 4 * variance);
    return Math.min(MAX_TIMEOUT_NANOS, base << doublings);
  }

  /** The smoothed time; a guess before the first sample. */
  long smoothNanos() {
    return smooth == 0 ? FIRST_TIMEOUT_NANOS / 2 : smooth;
  }

  /** The least of the last one or two minutes. */
  long leastNanos() {
    return least == Long.MAX_VALUE ? smoothNanos() : least;
  }
}
