package sluice.engine.session;

/** Runs something after so many calls. Loop only. */
final class Countdown implements Runnable {
  private final Runnable done;
  private int left;

  Countdown(int count, Runnable done) {
    this.left = count;
    this.done = done;
  }

  @Override
  public void run() {
    if (--left == 0) {
      done.run();
    }
  }
}
