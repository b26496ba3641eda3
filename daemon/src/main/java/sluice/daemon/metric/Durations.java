package sluice.daemon.metric;

import sluice.engine.count.Times;

/** How long something took, as a histogram. Any thread. */
public final class Durations {
  private final Times times = new Times();

  /** It took so long once more. */
  public synchronized void add(long nanos) {
    times.add(nanos);
  }

  /** As of this call. */
  public synchronized Times.Told told() {
    return times.told();
  }
}
