package sluice.storage.file;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import sluice.engine.port.Loop;

/** A loop that runs on the test's thread while the test waits for something. */
final class QueueLoop implements Loop {
  private static final long PATIENCE_SECONDS = 30;

  private final Thread owner = Thread.currentThread();
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private int delivered;

  /** Runs tasks until {@code done}. */
  void until(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      next().run();
      delivered++;
    }
  }

  /** Tasks that were run. */
  int delivered() {
    return delivered;
  }

  private Runnable next() {
    try {
      Runnable task = tasks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (task == null) {
        throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
      }
      return task;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    throw new UnsupportedOperationException("storage has no timers");
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == owner;
  }
}
