package sluice.engine.policy;

/**
 * Whether a running torrent is slow, so that the queue need not count it. It becomes slow when its
 * rate has been below the threshold for {@link #PATIENCE_NANOS} on end, and is so until the rate
 * has been at twice the threshold, or above, as long. Values that lie between change nothing.
 *
 * @param slow the verdict
 * @param sinceNanos when the rate last spoke for the verdict
 */
public record Pace(boolean slow, long sinceNanos) {
  /** How long a rate must speak against the verdict. */
  public static final long PATIENCE_NANOS = 60_000_000_000L;

  /** The pace of a torrent that starts: it counts. */
  public static Pace started(long now) {
    return new Pace(false, now);
  }

  /** The pace after {@code bytesPerSecond} were seen; a threshold of 0 makes nobody slow. */
  public Pace seen(long bytesPerSecond, long thresholdBytesPerSecond, long now) {
    long half = (bytesPerSecond + 1) / 2;
    boolean against =
        slow ? half >= thresholdBytesPerSecond : bytesPerSecond < thresholdBytesPerSecond;
    if (!against) {
      return new Pace(slow, now);
    }
    return now - sinceNanos >= PATIENCE_NANOS ? new Pace(!slow, now) : this;
  }
}
