package sluice.engine.utp;

/**
 * How many bytes may be under way: LEDBAT (RFC 6817) with the target and the gain of BEP 29, and
 * from LEDBAT++ (draft-irtf-iccrg-ledbat-plus-plus) the end of slow start by delay, a decrease in
 * proportion to the window above the target, and pauses in which the queue that the connection
 * itself keeps drains, so that who came later sees the true base delay. A pause is left out when
 * the queue was nearly empty anyway.
 */
final class Ledbat {
  /** Delay by queues that is aimed at. */
  static final int TARGET_MICROS = 100_000;

  /** Growth of the window in one round trip. */
  static final int GAIN_BYTES = 3_000;

  /**
   * A round trip counts as so long at least. Where it is shorter, such as on one machine, the
   * window would otherwise outgrow the buffer of the other program many times between two cuts.
   */
  private static final long MIN_TRIP_NANOS = 25_000_000L;

  /** At first, as TCP does. */
  private static final int FIRST_PACKETS = 10;

  private static final int MIN_PACKETS = 2;

  /** Slow start ends at this part of the target. */
  private static final int SLOW_START_MICROS = TARGET_MICROS * 3 / 4;

  /** A queue below this shows the base delay well enough. */
  private static final int DRAINED_MICROS = TARGET_MICROS / 5;

  /** The window is cut once in this time at the most. */
  private static final long MIN_CUT_NANOS = 100_000_000L;

  /** A pause takes a tenth of the time. */
  private static final int PAUSE_SHARE = 9;

  private static final double MAX_WINDOW = 1 << 28;
  private static final long NEVER = Long.MAX_VALUE;

  private double window;
  private double threshold = MAX_WINDOW;
  private boolean slowStart = true;
  private boolean everCut;
  private long cutNanos;
  private double beforeCut;

  /** When the next pause begins. */
  private long pauseNanos = NEVER;

  /** A pause lasts so long; then the window grows to what it was. */
  private long pausedUntil = NEVER;

  private long pauseBegan;
  private boolean recovering;
  private int leastQueue = Integer.MAX_VALUE;

  Ledbat(int packetBytes) {
    window = FIRST_PACKETS * packetBytes;
  }

  /** Bytes that may be under way. */
  int windowBytes() {
    return (int) window;
  }

  /**
   * {@code bytes} were acknowledged.
   *
   * @param limited whether as much was under way as the window allowed
   */
  void acked(
      int bytes, boolean limited, int queueMicros, long smoothNanos, int packetBytes, long now) {
    leastQueue = Math.min(leastQueue, queueMicros);
    if (pausedUntil != NEVER) {
      if (now - pausedUntil < 0) {
        return;
      }
      pausedUntil = NEVER;
      recovering = true;
      slowStart = true;
    }
    if (slowStart) {
      slowStart(bytes, limited, queueMicros, smoothNanos, now);
    } else {
      steer(bytes, limited, queueMicros, smoothNanos);
      if (now - pauseNanos >= 0) {
        pause(smoothNanos, packetBytes, now);
      }
    }
    window = Math.clamp(window, (double) MIN_PACKETS * packetBytes, MAX_WINDOW);
  }

  private void slowStart(int bytes, boolean limited, int queueMicros, long smoothNanos, long now) {
    if (queueMicros < SLOW_START_MICROS && window < threshold) {
      window += limited ? bytes : 0;
      return;
    }
    slowStart = false;
    pauseNanos =
        recovering ? now + PAUSE_SHARE * Math.max(1, now - pauseBegan) : now + 2 * smoothNanos;
    recovering = false;
    leastQueue = Integer.MAX_VALUE;
  }

  private void steer(int bytes, boolean limited, int queueMicros, long smoothNanos) {
    double above = queueMicros / (double) TARGET_MICROS - 1;
    double gain = GAIN_BYTES * Math.min(1, smoothNanos / (double) MIN_TRIP_NANOS);
    double perWindow = above <= 0 ? gain : Math.max(gain - window * above, -window / 2);
    if (perWindow < 0 || limited) {
      window += perWindow * bytes / window;
    }
  }

  private void pause(long smoothNanos, int packetBytes, long now) {
    if (leastQueue < DRAINED_MICROS) {
      pauseNanos = now + PAUSE_SHARE * 4 * smoothNanos;
      leastQueue = Integer.MAX_VALUE;
      return;
    }
    threshold = window;
    window = MIN_PACKETS * packetBytes;
    pauseBegan = now;
    pausedUntil = now + 2 * smoothNanos;
    pauseNanos = NEVER;
  }

  /** Something was lost. Once in a round trip it halves the window. */
  void lost(long smoothNanos, int packetBytes, long now) {
    if (everCut && now - cutNanos < Math.max(MIN_CUT_NANOS, smoothNanos)) {
      return;
    }
    if (pausedUntil != NEVER) {
      return;
    }
    everCut = true;
    cutNanos = now;
    beforeCut = window;
    window = Math.max(window / 2, MIN_PACKETS * packetBytes);
    threshold = window;
    endSlowStart(smoothNanos, now);
  }

  /** What was held for lost had not been. */
  void notLost() {
    if (everCut && beforeCut > window) {
      window = beforeCut;
      threshold = MAX_WINDOW;
    }
  }

  /** Nothing was acknowledged in time. */
  void timedOut(int packetBytes) {
    threshold = Math.max(window / 2, MIN_PACKETS * packetBytes);
    window = packetBytes;
    beforeCut = 0;
    slowStart = true;
    recovering = false;
    pausedUntil = NEVER;
    pauseNanos = NEVER;
  }

  private void endSlowStart(long smoothNanos, long now) {
    if (slowStart) {
      slowStart = false;
      recovering = false;
      pauseNanos = now + PAUSE_SHARE * 4 * smoothNanos;
      leastQueue = Integer.MAX_VALUE;
    }
  }
}
