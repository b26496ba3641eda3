package sluice.engine.announce;

import java.util.Optional;

/** What is between one tracker and one info-hash. */
final class Tracker {
  final TrackerUrl url;

  /** It has answered a {@code started}. */
  boolean started;

  /** It may list us: an announce was sent, and it did not fail. */
  boolean listed;

  /** To be sent back with each announce. */
  Optional<String> trackerId = Optional.empty();

  private boolean resting;
  private boolean forever;
  private long restUntilNanos;

  Tracker(TrackerUrl url) {
    this.url = url;
  }

  /** Leaves it alone until then (BEP 31). */
  void rest(long untilNanos) {
    resting = true;
    restUntilNanos = untilNanos;
  }

  /** Never uses it again (BEP 31). */
  void restForever() {
    forever = true;
  }

  boolean isResting(long now) {
    resting = resting && restUntilNanos - now > 0;
    return resting || forever;
  }
}
