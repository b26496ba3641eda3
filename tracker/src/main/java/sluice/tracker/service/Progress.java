package sluice.tracker.service;

/**
 * What a client says that it has moved since it started the torrent. Nobody can check it.
 *
 * @param uploaded bytes, not negative
 * @param downloaded bytes, not negative
 * @param left bytes, not negative
 */
public record Progress(long uploaded, long downloaded, long left) {
  /** Clamps what makes no sense. */
  public Progress {
    uploaded = Math.max(0, uploaded);
    downloaded = Math.max(0, downloaded);
    left = Math.max(0, left);
  }
}
