package sluice.engine.crypt;

import java.util.ArrayDeque;
import sluice.engine.port.Loop;

/**
 * Work on keys that waits for its turn. One handshake costs about 0.1 milliseconds; at most {@link
 * #PER_TICK} are worked on in {@link #TICK_NANOS}, so that a flood of them cannot take more than a
 * sixth of the loop. Loop only.
 */
final class KeyWork {
  static final int PER_TICK = 16;
  static final long TICK_NANOS = 10_000_000L;

  /** Handshakes that wait, above which more are refused. */
  static final int MAX_WAITING = 1024;

  private final Loop loop;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int left = PER_TICK;
  private boolean ticking;

  KeyWork(Loop loop) {
    this.loop = loop;
  }

  /** Runs {@code work}, now or when its turn comes; false if too many wait. */
  boolean add(Runnable work) {
    if (!ticking) {
      ticking = true;
      left = PER_TICK;
      loop.after(TICK_NANOS, this::tick);
    }
    if (left > 0) {
      left--;
      work.run();
      return true;
    }
    if (waiting.size() >= MAX_WAITING) {
      return false;
    }
    waiting.add(work);
    return true;
  }

  private void tick() {
    left = PER_TICK;
    ticking = !waiting.isEmpty();
    if (ticking) {
      loop.after(TICK_NANOS, this::tick);
    }
    while (left > 0 && !waiting.isEmpty()) {
      left--;
      waiting.remove().run();
    }
  }
}
