package sluice.engine.utp;

import java.util.SplittableRandom;

/** One direction of a link: a queue that is served at a rate, and what goes wrong behind it. */
final class Path {
  private static final int HEADERS_BYTES = 28;
  private static final double NANOS = 1e9;

  private final Events events;
  private final SplittableRandom random;
  double bytesPerSecond = 2_500_000;
  long delayNanos = 20_000_000;
  long queueNanos = 400_000_000;
  double loss;
  double duplicates;
  double reorders;
  long reorderNanos = 8_000_000;
  long jitterNanos;

  /** Packets are given at multiples of this, as by a program that reads all that is there. */
  long turnNanos = 1;

  int mtuBytes = 1_500;
  boolean cut;
  private long freeAt;
  long sent;
  long dropped;

  Path(Events events, long seed) {
    this.events = events;
    this.random = new SplittableRandom(seed);
  }

  /** How long a packet that comes now waits. */
  long waitNanos() {
    return Math.max(0, freeAt - events.now());
  }

  /** Carries a datagram of {@code bytes}. */
  void send(int bytes, boolean fragments, Runnable arrival) {
    sent++;
    boolean tooLarge = bytes + HEADERS_BYTES > mtuBytes && !fragments;
    if (cut || tooLarge || waitNanos() > queueNanos) {
      dropped++;
      return;
    }
    freeAt =
        Math.max(freeAt, events.now()) + (long) ((bytes + HEADERS_BYTES) / bytesPerSecond * NANOS);
    if (random.nextDouble() < loss) {
      dropped++;
      return;
    }
    arrive(arrival);
    if (random.nextDouble() < duplicates) {
      arrive(arrival);
    }
  }

  private void arrive(Runnable arrival) {
    long late = random.nextDouble() < reorders ? random.nextLong(1, reorderNanos) : 0;
    long jitter = jitterNanos > 0 ? random.nextLong(jitterNanos) : 0;
    long due = events.now() + waitNanos() + delayNanos + late + jitter;
    events.after((due + turnNanos - 1) / turnNanos * turnNanos - events.now(), arrival);
  }
}
