package sluice.engine.fake;

import java.util.Comparator;
import java.util.PriorityQueue;
import sluice.engine.port.Loop;

/** A loop in virtual time: tasks run in order of time, then of submission, when told to. */
public final class FakeLoop implements Loop {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(t -> t.atNanos).thenComparingLong(t -> t.sequence));
  private long now = 1_000;
  private long sequence;

  private static final class Task {
    final long atNanos;
    final long sequence;
    final Runnable action;

    Task(long atNanos, long sequence, Runnable action) {
      this.atNanos = atNanos;
      this.sequence = sequence;
      this.action = action;
    }
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("negative delay: " + delayNanos);
    }
    Task timed = new Task(now + delayNanos, sequence++, task);
    tasks.add(timed);
    return () -> tasks.remove(timed);
  }

  @Override
  public void execute(Runnable task) {
    after(0, task);
  }

  @Override
  public boolean isCurrent() {
    return true;
  }

  /** Lets {@code nanos} pass and runs what is due until then. */
  public void run(long nanos) {
    long end = now + nanos;
    while (!tasks.isEmpty() && tasks.element().atNanos <= end) {
      Task task = tasks.remove();
      now = task.atNanos;
      task.action.run();
    }
    now = end;
  }

  /** Lets whole seconds pass. */
  public void runSeconds(long seconds) {
    run(seconds * 1_000_000_000L);
  }

  /** Tasks that wait, timers included. */
  public int waiting() {
    return tasks.size();
  }
}
