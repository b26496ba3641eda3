package sluice.engine.metadata;

import java.util.LinkedHashMap;
import java.util.Map;

/** A source, what it claims and what it was asked for. Loop only. */
final class Candidate {
  /** Requests that a source has at the same time. */
  static final int MAX_OPEN = 4;

  private static final long FIRST_REST_NANOS = 5_000_000_000L;
  private static final int MAX_DOUBLINGS = 4;

  final MetadataSource source;

  /** Bytes of metadata as it claims. */
  int size;

  /** When each piece was asked for that has not come. */
  final Map<Integer, Long> open = new LinkedHashMap<>();

  /** Pieces that came without having been asked for. */
  int unasked;

  private int failures;
  private long restsUntilNanos;
  private boolean resting;

  Candidate(MetadataSource source) {
    this.source = source;
  }

  /** It refused or kept us waiting: it is left alone, each time for longer. */
  void rest(long now) {
    if (!isUsable(now)) {
      return; // one of several requests that failed together
    }
    restsUntilNanos = now + (FIRST_REST_NANOS << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    resting = true;
  }

  /** It sent something useful. */
  void served() {
    failures = 0;
    resting = false;
  }

  boolean isUsable(long now) {
    return !resting || now - restsUntilNanos >= 0;
  }
}
