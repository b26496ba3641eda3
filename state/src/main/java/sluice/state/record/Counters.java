package sluice.state.record;

/**
 * What a torrent has done since it was added. Times are milliseconds since 1970, 0 for never;
 * nothing is negative.
 *
 * @param idleNanos of {@code seedingNanos}, what has passed since the last upload
 */
public record Counters(
    long uploadedBytes,
    long downloadedBytes,
    long wastedBytes,
    long seedingNanos,
    long activeNanos,
    long lastActivityMillis,
    long completedMillis,
    long idleNanos) {

  /** Of a torrent that has done nothing. */
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0, 0, 0);

  public Counters {
    if ((uploadedBytes
            | downloadedBytes
            | wastedBytes
            | seedingNanos
            | activeNanos
            | lastActivityMillis
            | completedMillis
            | idleNanos)
        < 0) {
      throw new IllegalArgumentException("negative counter");
    }
  }
}
