package sluice.state.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writes that wait, in order. What is not urgent waits for company, at most {@link
 * #LINGER_NANOS}. Any thread puts, the writer takes.
 */
final class Inbox {
  /** Most writes that wait. */
  static final int MAX_WRITES = 16_384;

  /** Most bytes in the writes that wait; one write may be larger when nothing else waits. */
  static final long MAX_BYTES = 64L << 20;

  /** Most writes, and about the most bytes, of one transaction. */
  static final int MAX_BATCH = 4_096;

  static final long MAX_BATCH_BYTES = 16L << 20;

  /** How long a write that need not be synced waits for others. */
  static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Write<?>> waiting = new ArrayDeque<>();
  private long bytes;
  private int urgent;
  private long dueNanos;
  private boolean isClosed;

  /** What became of an offered write. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  Offer offer(Write<?> write) {
    lock.lock();
    try {
      if (isClosed) {
        return Offer.CLOSED;
      }
      if (isFull() || (!waiting.isEmpty() && bytes + write.bytes() > MAX_BYTES)) {
        return Offer.FULL;
      }
      if (waiting.isEmpty()) {
        dueNanos = System.nanoTime() + LINGER_NANOS;
      }
      waiting.add(write);
      bytes += write.bytes();
      urgent += write.durability() == Write.Durability.SYNCED ? 1 : 0;
      if (urgent == 1 || waiting.size() == 1 || waiting.size() == MAX_BATCH) {
        changed.signal();
      }
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until less than half of what may wait does. */
  void awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isClosed && (waiting.size() > MAX_WRITES / 2 || bytes > MAX_BYTES / 2)) {
        room.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The writes of the next transaction; none after {@code idleNanos}, or when it is closed. */
  List<Write<?>> take(long idleNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long idleUntil = System.nanoTime() + idleNanos;
      while (!isDue()) {
        long until = waiting.isEmpty() ? idleUntil : dueNanos;
        long left = until - System.nanoTime();
        if (left <= 0) {
          break;
        }
        changed.awaitNanos(left);
      }
      return drain();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more writes. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is closed and nothing waits. */
  boolean isDone() {
    lock.lock();
    try {
      return isClosed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return waiting.size() >= MAX_WRITES;
  }

  private boolean isDue() {
    return isClosed || urgent > 0 || waiting.size() >= MAX_BATCH;
  }

  private List<Write<?>> drain() {
    List<Write<?>> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
    long batchBytes = 0;
    while (!waiting.isEmpty() && batch.size() < MAX_BATCH && batchBytes < MAX_BATCH_BYTES) {
      Write<?> write = waiting.remove();
      batch.add(write);
      batchBytes += write.bytes();
      urgent -= write.durability() == Write.Durability.SYNCED ? 1 : 0;
    }
    bytes -= batchBytes;
    room.signalAll();
    return batch;
  }
}
