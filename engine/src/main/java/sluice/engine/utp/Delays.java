package sluice.engine.utp;

/**
 * How much of the delay to the other side is made by queues. Clocks that drift apart change both
 * directions by the same amount with opposite signs: as queues can only add, a lower base the other
 * way tells how much ours is too low (the correction that BEP 29 implementations make).
 */
final class Delays {
  /** A step of more than this is a change of the way, not a drift. */
  private static final int MAX_DRIFT_MICROS = 10_000;

  /** The least of so many delays counts, so that noise is not taken for a queue. */
  private static final int FILTER = 4;

  private final DelayBase there = new DelayBase();
  private final DelayBase back = new DelayBase();
  private final int[] recent = new int[FILTER];
  private int samples;

  /** Our packets take {@code delayMicros}, as the other side saw it. */
  void there(int delayMicros, long now) {
    there.add(delayMicros, now);
    recent[samples++ % FILTER] = delayMicros;
  }

  /** Packets to us take {@code delayMicros}. */
  void back(int delayMicros, long now) {
    boolean known = back.isKnown();
    int before = known ? back.base() : 0;
    back.add(delayMicros, now);
    int drift = before - back.base();
    if (known && there.isKnown() && drift > 0 && drift < MAX_DRIFT_MICROS) {
      there.shift(drift);
    }
  }

  /** Microseconds that our packets spend in queues; 0 while it is not known. */
  int queueMicros() {
    int count = Math.min(samples, FILTER);
    if (count == 0) {
      return 0;
    }
    int least = recent[0];
    for (int i = 1; i < count; i++) {
      if (recent[i] - least < 0) {
        least = recent[i];
      }
    }
    return Math.max(0, least - there.base());
  }
}
