package sluice.transport.link;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How fast a count grows, and for how long it stands still. */
final class Meter {
  private static final long STEP_NANOS = 20_000_000;
  private static final double SECOND = 1e9;

  private final LongSupplier count;

  Meter(LongSupplier count) {
    this.count = count;
  }

  /** What a while has shown. */
  record Reading(double perSecond, double longestStillSeconds) {}

  /** Watches for {@code seconds}. */
  Reading watch(double seconds) {
    long began = System.nanoTime();
    long first = count.getAsLong();
    long last = first;
    long moved = began;
    long still = 0;
    long now = began;
    while (now - began < seconds * SECOND) {
      LockSupport.parkNanos(STEP_NANOS);
      now = System.nanoTime();
      long value = count.getAsLong();
      if (value != last) {
        last = value;
        moved = now;
      }
      still = Math.max(still, now - moved);
    }
    return new Reading((last - first) * SECOND / (now - began), still / SECOND);
  }

  /** Seconds until the count grows again; it must within {@code most}. */
  double untilItMoves(double most) {
    long began = System.nanoTime();
    long first = count.getAsLong();
    while (count.getAsLong() == first && System.nanoTime() - began < most * SECOND) {
      LockSupport.parkNanos(STEP_NANOS);
    }
    return count.getAsLong() == first
        ? Double.POSITIVE_INFINITY
        : (System.nanoTime() - began) / SECOND;
  }
}
