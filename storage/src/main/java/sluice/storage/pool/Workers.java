package sluice.storage.pool;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import sluice.engine.count.Times;

/**
 * A few daemon threads with a bounded queue; each has its own {@link Scratch}. Threads start when
 * they are needed and end after a time without work. Any thread may offer.
 */
public final class Workers implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final LongAdder hashed = new LongAdder();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(() -> new Scratch(hashed));

  /** How long jobs took, without their wait; guarded by itself. */
  private final Times times = new Times();

  private final int count;

  /** At most {@code count} threads called {@code name}, and {@code maxQueued} waiting jobs. */
  public Workers(String name, int count, int maxQueued) {
    this.count = count;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(maxQueued),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Most threads that run at a time. */
  public int count() {
    return count;
  }

  /** Queues {@code job}; false when the queue is full or closed. */
  public boolean offer(Job job) {
    try {
      threads.execute(() -> run(job));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void run(Job job) {
    long began = System.nanoTime();
    try {
      job.run(scratch.get());
    } finally {
      synchronized (times) {
        times.add(System.nanoTime() - began);
      }
    }
  }

  /** How long jobs took that have ended. */
  public Times.Told times() {
    synchronized (times) {
      return times.told();
    }
  }

  /** Jobs that wait for a thread. */
  public int waiting() {
    return threads.getQueue().size();
  }

  /** Bytes that went through hashes. */
  public long hashedBytes() {
    return hashed.sum();
  }

  /** Takes no more jobs; those that were taken still run. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** Something to do on a worker. It handles its own failures. */
  @FunctionalInterface
  public interface Job {
    /** Does it with the worker's {@code scratch}. */
    void run(Scratch scratch);
  }
}
