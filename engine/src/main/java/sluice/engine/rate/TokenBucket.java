package sluice.engine.rate;

/**
 * A limit in bytes per second with a bounded burst. What is taken beyond the tokens is debt that
 * later time pays off, so a whole block can be taken when a part of it is covered. A clock that
 * steps back adds nothing; one that leaps forward fills the bucket once. Thread: its owner's loop.
 */
public final class TokenBucket implements Quota {
  /** Smallest burst: two blocks. */
  public static final long MIN_BURST_BYTES = 32 * 1024;

  /** Limits above this, in bytes per second, count as this one; it keeps products in 64 bits. */
  public static final long MAX_LIMIT = 8L << 30;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long MAX_SECONDS = 1L << 20;
  private static final long MAX_DEBT_BYTES = 1L << 60;

  /** Bytes per second; 0 for none. */
  private long limit;

  /** Bytes that may be taken; negative is debt. Never more than {@link #burst}. */
  private long tokens;

  /** Part of a byte that time has brought, in billionths. */
  private long fraction;

  private long lastNanos;

  /** A full bucket of {@code bytesPerSecond}; 0 is unlimited. */
  public TokenBucket(long bytesPerSecond, long now) {
    lastNanos = now;
    limit = checked(bytesPerSecond);
    tokens = burst();
  }

  /** The limit in bytes per second; 0 for none. */
  public long limit() {
    return limit;
  }

  /** Changes the limit. Debt stays unless there is no limit any more. */
  public void limit(long bytesPerSecond, long now) {
    refill(now);
    boolean wasUnlimited = limit == 0;
    limit = checked(bytesPerSecond);
    fraction = 0;
    tokens = limit == 0 || wasUnlimited ? burst() : Math.min(tokens, burst());
  }

  /**
   * Bytes that are covered at {@code now}; {@link Long#MAX_VALUE} without a limit, never negative.
   */
  @Override
  public long available(long now) {
    if (limit == 0) {
      return Long.MAX_VALUE;
    }
    refill(now);
    return Math.max(0, tokens);
  }

  /** Takes {@code bytes}, covered or not. */
  @Override
  public void take(long bytes, long now) {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative bytes: " + bytes);
    }
    if (limit == 0) {
      return;
    }
    refill(now);
    tokens = Math.max(-MAX_DEBT_BYTES, tokens - Math.min(bytes, MAX_DEBT_BYTES));
  }

  /** Nanoseconds until a byte is available; 0 if one is. */
  public long nanosUntilAvailable(long now) {
    return nanosUntilAvailable(1, now);
  }

  /** Nanoseconds until {@code bytes}, or a full burst if that is less, are available. */
  public long nanosUntilAvailable(long bytes, long now) {
    if (limit == 0) {
      return 0;
    }
    refill(now);
    long missing = Math.min(bytes, burst()) - tokens;
    if (missing <= 0) {
      return 0;
    }
    long seconds = (missing - 1) / limit;
    if (seconds >= MAX_SECONDS) {
      return MAX_SECONDS * SECOND_NANOS;
    }
    long rest = (missing - seconds * limit) * SECOND_NANOS - fraction;
    return seconds * SECOND_NANOS + (rest + limit - 1) / limit;
  }

  private long burst() {
    return Math.max(limit / 4, MIN_BURST_BYTES);
  }

  private void refill(long now) {
    long elapsed = now - lastNanos;
    lastNanos = now;
    if (limit == 0 || elapsed <= 0) {
      return;
    }
    long seconds = Math.min(elapsed / SECOND_NANOS, MAX_SECONDS);
    long parts = limit * (elapsed % SECOND_NANOS) + fraction;
    tokens += seconds * limit + parts / SECOND_NANOS;
    fraction = parts % SECOND_NANOS;
    long burst = burst();
    if (tokens >= burst) {
      tokens = burst;
      fraction = 0;
    }
  }

  private static long checked(long bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("negative limit: " + bytesPerSecond);
    }
    return Math.min(bytesPerSecond, MAX_LIMIT);
  }
}
