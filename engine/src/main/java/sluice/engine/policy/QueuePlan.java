package sluice.engine.policy;

import java.util.BitSet;
import java.util.List;

/**
 * Which torrents of a queue should run.
 *
 * <p>Places go first to those that have run for less than {@link #SETTLE_NANOS}, then to the others
 * in their order; downloads come before seeds. The limits always hold, forced torrents apart, and
 * no place stays empty while somebody waits for it. A plan that has been carried out is planned
 * again.
 */
public final class QueuePlan {
  /** So long a torrent that was started keeps its place against those before it. */
  public static final long SETTLE_NANOS = 120_000_000_000L;

  private final List<QueueEntry> queue;
  private final BitSet runs = new BitSet();
  private int downloads;
  private int seeds;
  private int active;
  private int checks;

  private QueuePlan(List<QueueEntry> queue, QueueLimits limits) {
    this.queue = queue;
    this.downloads = limits.downloads();
    this.seeds = limits.seeds();
    this.active = limits.active();
    this.checks = limits.checks();
  }

  /** The indexes in {@code queue}, whose first torrent is the most urgent, of those that run. */
  public static BitSet of(List<QueueEntry> queue, QueueLimits limits) {
    QueuePlan plan = new QueuePlan(queue, limits);
    for (QueueEntry.Job job : QueueEntry.Job.values()) {
      plan.fill(job, true);
    }
    for (QueueEntry.Job job : QueueEntry.Job.values()) {
      plan.fill(job, false);
    }
    return plan.runs;
  }

  private void fill(QueueEntry.Job job, boolean settling) {
    for (int i = 0; i < queue.size(); i++) {
      QueueEntry entry = queue.get(i);
      boolean due = entry.wanted() && entry.job() == job && entry.isSettling() == settling;
      if (due && (entry.forced() || takesPlace(entry))) {
        runs.set(i);
      }
    }
  }

  private boolean takesPlace(QueueEntry entry) {
    int counted = entry.running() && entry.slow() ? 0 : 1;
    switch (entry.job()) {
      case CHECK -> {
        if (checks == 0) {
          return false;
        }
        checks--;
      }
      case DOWNLOAD -> {
        if (downloads < counted || active == 0) {
          return false;
        }
        downloads -= counted;
        active--;
      }
      case SEED -> {
        if (seeds < counted || active == 0) {
          return false;
        }
        seeds -= counted;
        active--;
      }
    }
    return true;
  }
}
