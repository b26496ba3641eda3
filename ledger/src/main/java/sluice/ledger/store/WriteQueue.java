package sluice.ledger.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The writers of one process, in the order in which they came. The first one writes; those behind
 * it that share are done in its transaction, so that one lock of the head and one sync of the
 * device serve them all. Any thread.
 *
 * <p>There is one writer at a time in any case, as each locks the head; but SQLite has those who
 * wait try again after a while, and a pool gives connections to whom it likes, so that some would
 * wait ten times as long as others.
 */
final class WriteQueue {
  /** The most that are done in one transaction: so long may another hub have to wait. */
  static final int MOST = 32;

  private final Deque<WriteJob<?>> waiting = new ArrayDeque<>();

  /** What the caller is to do, its own job first; nothing when somebody else has done that. */
  List<WriteJob<?>> enter(WriteJob<?> job) {
    boolean isFirst;
    synchronized (waiting) {
      isFirst = waiting.isEmpty();
      waiting.add(job);
    }
    if (!isFirst) {
      job.awaitTurn();
    }
    return job.isDone() ? List.of() : batch();
  }

  private List<WriteJob<?>> batch() {
    List<WriteJob<?>> batch = new ArrayList<>();
    synchronized (waiting) {
      for (WriteJob<?> next : waiting) {
        boolean fits = batch.isEmpty() || (next.shares() && batch.getFirst().shares());
        if (!fits || batch.size() == MOST) {
          break;
        }
        batch.add(next);
      }
    }
    return batch;
  }

  /** All of {@code batch} is done: its owners go on, and the next in the queue writes. */
  void leave(List<WriteJob<?>> batch) {
    synchronized (waiting) {
      batch.forEach(done -> waiting.remove());
      if (!waiting.isEmpty()) {
        waiting.getFirst().wake();
      }
    }
    batch.stream().skip(1).forEach(WriteJob::wake);
  }
}
