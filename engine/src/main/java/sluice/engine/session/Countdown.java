package sluice.engine.session;

/** Runs something after so many calls. Loop only. */
final class Countdown implements Runnable {
  private final Runnable done;
  private int left;

  Countdown(int count, Runnable done) {
    this.left = count;
    this.done = done;
  }

  /** The same; after no calls it runs at once. */
  static Countdown of(int count, Runnable done) {
    if (count == 0) {
      done.run();
    }
    return new Countdown(count, done);
  }

  @Override
  public void run() {
    if (--left == 0) {
      done.run();
    }
  }
}
