package sluice.engine.policy;

/**
 * What a seeding torrent has done so far.
 *
 * @param uploadedBytes of payload, over all runs
 * @param downloadedBytes of payload, over all runs
 * @param haveBytes that are on disk
 * @param seedingNanos during which it was complete and ran
 * @param idleNanos of that time, what has passed since it last sent payload
 */
public record ShareState(
    long uploadedBytes, long downloadedBytes, long haveBytes, long seedingNanos, long idleNanos) {

  /** What the ratio is relative to: data that were there before count as downloaded. */
  long ratioBaseBytes() {
    return Math.max(downloadedBytes, haveBytes);
  }
}
