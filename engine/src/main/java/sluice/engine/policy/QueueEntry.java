package sluice.engine.policy;

/**
 * One torrent as the queue sees it.
 *
 * @param job what it does, or would do if it ran
 * @param wanted false: the user has stopped it
 * @param forced runs if it is wanted, whatever the limits
 * @param running runs
 * @param slow see {@link Pace}; of no meaning unless it runs
 * @param runningNanos how long it has run with this job; 0 unless it runs
 */
public record QueueEntry(
    Job job, boolean wanted, boolean forced, boolean running, boolean slow, long runningNanos) {

  /** What a torrent is busy with. */
  public enum Job {
    CHECK,
    DOWNLOAD,
    SEED
  }

  /** Whether it keeps its place against torrents before it, so that places do not change hands. */
  boolean isSettling() {
    return running && runningNanos < QueuePlan.SETTLE_NANOS;
  }
}
