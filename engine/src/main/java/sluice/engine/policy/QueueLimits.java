package sluice.engine.policy;

/**
 * How many torrents may run at a time. Forced torrents take no place.
 *
 * @param downloads that download and are not slow
 * @param seeds that seed and are not slow
 * @param active that download or seed, slow ones included
 * @param checks that check their data; they count nowhere else
 */
public record QueueLimits(int downloads, int seeds, int active, int checks) {
  /** Stands for no limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** No limits but one check at a time. */
  public static final QueueLimits NONE = new QueueLimits(UNLIMITED, UNLIMITED, UNLIMITED, 1);

  public QueueLimits {
    if (downloads < 0 || seeds < 0 || active < 0 || checks < 1) {
      throw new IllegalArgumentException("a limit is negative, or nothing may be checked");
    }
  }
}
