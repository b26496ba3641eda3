package sluice.engine.rate;

import java.util.Arrays;

/**
 * A count of bytes and their rate over the last eight seconds, in slots of one second. A clock that
 * steps back counts into the last slot. Thread: its owner's loop.
 */
public final class Meter {
  private static final int SLOTS = 8;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final long[] slots = new long[SLOTS];
  private final long startNanos;

  /** Whole seconds since the start of the newest slot. */
  private long newest;

  private long windowBytes;
  private long total;

  /** A meter that begins at {@code now}. */
  public Meter(long now) {
    startNanos = now;
  }

  /** Counts {@code bytes}. */
  public void add(long bytes, long now) {
    advance(now);
    slots[(int) (newest % SLOTS)] += bytes;
    windowBytes += bytes;
    total += bytes;
  }

  /** Bytes per second over the last seven to eight seconds, or over the meter's life if shorter. */
  public long rate(long now) {
    advance(now);
    long windowStart = Math.max(0, newest - (SLOTS - 1)) * SECOND_NANOS;
    long spanNanos = Math.max(SECOND_NANOS, now - startNanos - windowStart);
    return (long) (windowBytes * ((double) SECOND_NANOS / spanNanos));
  }

  /** All bytes counted. */
  public long total() {
    return total;
  }

  private void advance(long now) {
    long second = (now - startNanos) / SECOND_NANOS;
    if (second <= newest) {
      return;
    }
    if (second - newest >= SLOTS) {
      Arrays.fill(slots, 0);
      windowBytes = 0;
    } else {
      for (long s = newest + 1; s <= second; s++) {
        int slot = (int) (s % SLOTS);
        windowBytes -= slots[slot];
        slots[slot] = 0;
      }
    }
    newest = second;
  }
}
