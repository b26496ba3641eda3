package sluice.sim.market;

/** Counts what a process does, and ends it at one of these steps. */
final class Steps {
  static final long NEVER = Long.MAX_VALUE;

  private long count;
  private long at = NEVER;
  private Runnable end = () -> {};

  /** Calls {@code action} at step {@code number}, counted from 1. */
  void at(long number, Runnable action) {
    at = number;
    end = action;
  }

  void step() {
    if (++count == at) {
      end.run();
    }
  }

  long count() {
    return count;
  }
}
