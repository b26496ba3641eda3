package sluice.tracker.service;

/** The time, in whole seconds. Any thread. */
public interface Clock {
  /** The machine's clocks. */
  static Clock system() {
    long start = System.nanoTime();
    return new Clock() {
      @Override
      public int seconds() {
        return (int) ((System.nanoTime() - start) / 1_000_000_000L);
      }

      @Override
      public long epochSeconds() {
        return System.currentTimeMillis() / 1_000;
      }
    };
  }

  /** Time that never goes back, from any start. */
  int seconds();

  /** The time of day, since 1970. */
  long epochSeconds();
}
