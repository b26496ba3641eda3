package sluice.storage.file;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import sluice.engine.port.Loop;

/**
 * Brings outcomes from workers to a loop: one task of the loop delivers all that have gathered when
 * it begins. What comes meanwhile waits for the next: a delivery that asks for more work would
 * otherwise keep the loop from all else, for as long as workers are faster than it. Outcomes are at
 * most as many as the jobs that were queued or run. Any thread may post.
 */
final class Completions {
  private final Loop loop;
  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  Completions(Loop loop) {
    this.loop = loop;
  }

  /** Runs {@code outcome} on the loop, later. */
  void post(Runnable outcome) {
    waiting.add(outcome);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this::deliver);
    }
  }

  private void deliver() {
    scheduled.set(false);
    try {
      for (int left = waiting.size(); left > 0; left--) {
        Runnable next = waiting.poll();
        if (next != null) {
          next.run();
        }
      }
    } finally {
      if (!waiting.isEmpty()) {
        schedule();
      }
    }
  }
}
