package sluice.engine.policy;

/**
 * How many torrents may run at a time. Forced torrents take no place.
 *
 * @param downloads that download and are not slow
 * @param seeds that seed and are not slow
 * @param active that download or seed, slow ones included
 * @param checks that check their data; they count nowhere else
 * @param slowDownBytesPerSecond below it a download is slow; 0: none is
 * @param slowUpBytesPerSecond below it a seed is slow; 0: none is
 */
public record QueueLimits(
    int downloads,
    int seeds,
    int active,
    int checks,
    long slowDownBytesPerSecond,
    long slowUpBytesPerSecond) {
  /** Stands for no limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** Below it a torrent is slow, unless it is said otherwise. */
  public static final long SLOW_BYTES_PER_SECOND = 2_048;

  /** No limits at all: there is no queue. */
  public static final QueueLimits OPEN =
      new QueueLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);

  public QueueLimits {
    if (downloads < 0
        || seeds < 0
        || active < 0
        || checks < 1
        || slowDownBytesPerSecond < 0
        || slowUpBytesPerSecond < 0) {
      throw new IllegalArgumentException("a limit is negative, or nothing may be checked");
    }
  }

  /** These limits with the usual idea of what is slow. */
  public QueueLimits(int downloads, int seeds, int active, int checks) {
    this(downloads, seeds, active, checks, SLOW_BYTES_PER_SECOND, SLOW_BYTES_PER_SECOND);
  }

  /** Whether nobody ever waits. */
  public boolean isOpen() {
    return Math.min(Math.min(downloads, seeds), Math.min(active, checks)) == UNLIMITED;
  }

  /** How many torrents with {@code job} can have a place at most. */
  public int most(QueueEntry.Job job) {
    return switch (job) {
      case CHECK -> checks;
      case DOWNLOAD -> Math.min(downloads, active);
      case SEED -> Math.min(seeds, active);
    };
  }
}
