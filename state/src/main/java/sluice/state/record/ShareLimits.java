package sluice.state.record;

/**
 * When a torrent has been shared enough, and the number of the action that follows. Each limit may
 * be {@link #INHERIT} or {@link #NONE}.
 */
public record ShareLimits(long ratioPermille, long seedingSeconds, long idleSeconds, int action) {

  /** The limit of the category or the session holds. */
  public static final long INHERIT = -1;

  /** There is no limit. */
  public static final long NONE = -2;

  /** All limits are those of the session. */
  public static final ShareLimits INHERITED = new ShareLimits(INHERIT, INHERIT, INHERIT, 0);

  public ShareLimits {
    if (Math.min(ratioPermille, Math.min(seedingSeconds, idleSeconds)) < NONE || action < 0) {
      throw new IllegalArgumentException("negative share limit");
    }
  }
}
