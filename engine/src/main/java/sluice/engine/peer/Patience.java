package sluice.engine.peer;

/**
 * How long a peer has kept us waiting for a block, and for how long it is left alone after it did
 * so or refused. Loop only.
 */
final class Patience {
  private static final long MIN_PAUSE_NANOS = 1_000_000_000L;
  private static final long MAX_PAUSE_NANOS = 60_000_000_000L;

  private long waitingSinceNanos;
  private boolean snubbed;

  /** The last pause; 0 after a block. */
  private long pauseNanos;

  private long askAgainNanos;

  Patience(long now) {
    waitingSinceNanos = now;
  }

  /** A block came. */
  void block(long now) {
    snubbed = false;
    pauseNanos = 0;
    waitingSinceNanos = now;
  }

  /** From here on we wait. */
  void begin(long now) {
    waitingSinceNanos = now;
  }

  /** For {@code nanos} it was us who did not read. */
  void excuse(long nanos) {
    waitingSinceNanos += nanos;
  }

  /** Whether we, who wait, have waited longer than {@code snubNanos}; then the wait begins anew. */
  boolean ends(long now, long snubNanos) {
    if (now - waitingSinceNanos <= snubNanos) {
      return false;
    }
    snubbed = true;
    waitingSinceNanos = now;
    leaveAlone(now);
    return true;
  }

  /** Whether the last wait was too long. */
  boolean isSnubbed() {
    return snubbed;
  }

  /**
   * Asks for nothing for a while, longer each time until a block comes: asking again at once would
   * keep blocks from others.
   */
  void leaveAlone(long now) {
    if (mayAsk(now)) {
      pauseNanos = Math.clamp(2 * pauseNanos, MIN_PAUSE_NANOS, MAX_PAUSE_NANOS);
      askAgainNanos = now + pauseNanos;
    }
  }

  /** Whether the peer is not left alone. */
  boolean mayAsk(long now) {
    return pauseNanos == 0 || now - askAgainNanos >= 0;
  }
}
