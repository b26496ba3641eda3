package sluice.engine.rate;

/** A {@link TokenBucket} of which several take in {@link Turns}. Thread: its owner's loop. */
final class TurnBucket {
  private static final long ROUND_NANOS = 100_000_000L;

  private final TokenBucket bucket;
  private final Turns turns = new Turns();
  private long roundNanos;

  TurnBucket(long bytesPerSecond, long now) {
    bucket = new TokenBucket(bytesPerSecond, now);
    roundNanos = now;
  }

  void limit(long bytesPerSecond, long now) {
    bucket.limit(bytesPerSecond, now);
  }

  /** Bytes that {@code place} may take at {@code now}; never negative. */
  long available(Turns.Place place, long now) {
    long left = bucket.available(now);
    if (bucket.limit() == 0) {
      return left;
    }
    if (now - roundNanos >= ROUND_NANOS) {
      roundNanos = now;
      turns.next(left);
    }
    long may = Math.min(left, turns.room(place));
    if (may <= 0) {
      turns.turnAway(place);
      return 0;
    }
    return may;
  }

  /** {@code place} takes {@code bytes}, covered or not. */
  void take(Turns.Place place, long bytes, long now) {
    bucket.take(bytes, now);
    turns.take(place, bytes);
  }
}
