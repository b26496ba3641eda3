package sluice.engine.utp;

/**
 * The least of the delays of the last two minutes, which is what the way takes when no queue is
 * filled (RFC 6817, base delay). Delays are differences of two clocks in microseconds of 32 bits,
 * so that they may be negative and wrap; only their distance from the least means something.
 */
final class DelayBase {
  /** How long a delay counts, in buckets; the last one is still being filled. */
  static final int BUCKETS = 4;

  static final long BUCKET_NANOS = 30_000_000_000L;

  private final int[] least = new int[BUCKETS];
  private int filled;
  private int current;
  private long bucketSince;

  /** Takes in a delay, and tells how far it is above the least. */
  int add(int delayMicros, long now) {
    if (filled == 0 || now - bucketSince >= BUCKET_NANOS) {
      current = filled == 0 ? 0 : (current + 1) % BUCKETS;
      filled = Math.min(filled + 1, BUCKETS);
      least[current] = delayMicros;
      bucketSince = now;
    } else if (delayMicros - least[current] < 0) {
      least[current] = delayMicros;
    }
    return delayMicros - base();
  }

  boolean isKnown() {
    return filled > 0;
  }

  /** The least. */
  int base() {
    int base = least[current];
    for (int i = 0; i < filled; i++) {
      if (least[i] - base < 0) {
        base = least[i];
      }
    }
    return base;
  }

  /** The clocks have drifted apart by {@code micros}. */
  void shift(int micros) {
    for (int i = 0; i < filled; i++) {
      least[i] += micros;
    }
  }
}
