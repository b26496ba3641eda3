package sluice.engine.torrent;

/**
 * What a torrent has done since it was added, all its runs together.
 *
 * @param downloaded payload bytes received, wasted ones included
 * @param uploaded payload bytes sent
 * @param wasted payload bytes received for nothing: twice, withdrawn or wrong
 * @param seedingNanos time spent complete and active
 * @param activeNanos time spent active
 * @param idleNanos of the time spent complete and active, what has passed since the last upload
 */
public record Totals(
    long downloaded,
    long uploaded,
    long wasted,
    long seedingNanos,
    long activeNanos,
    long idleNanos) {

  /** The same after it was complete and active for {@code nanos} more, without an upload. */
  public Totals seeded(long nanos) {
    return new Totals(
        downloaded, uploaded, wasted, seedingNanos + nanos, activeNanos + nanos, idleNanos + nanos);
  }

  /** Of a torrent that has done nothing. */
  public static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0);
}
