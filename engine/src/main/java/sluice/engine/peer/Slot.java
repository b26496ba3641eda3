package sluice.engine.peer;

/**
 * The upload slot of a peer: since when it has or lacks one, what it was given in its turn, and the
 * most that it may be given. Loop only.
 */
public final class Slot {
  private long changedNanos;
  private long givenBytes;
  private long mostBytes = Long.MAX_VALUE;
  private long creditBytes = Long.MAX_VALUE;

  Slot(long now) {
    changedNanos = now;
  }

  /** The peer was choked or unchoked; what it may be given has no limit. */
  void changed(long now) {
    changedNanos = now;
    givenBytes = 0;
    mostBytes = Long.MAX_VALUE;
  }

  /** When the peer was choked or unchoked last, or connected. */
  public long changedNanos() {
    return changedNanos;
  }

  /** Payload since then, that which is being read for the peer included. */
  public long givenBytes() {
    return givenBytes;
  }

  /** Limits what may be given in this turn. */
  public void most(long bytes) {
    mostBytes = bytes;
  }

  /**
   * Limits what may be sent to the peer, in this turn and those that follow: until {@code bytes} of
   * blocks were sent since it connected. It is to be pumped when that is more than before.
   */
  public void credit(long bytes) {
    creditBytes = bytes;
  }

  /** Up to how many bytes since it connected the peer may be sent. */
  long credit() {
    return creditBytes;
  }

  /** Whether what may be sent to the peer is limited by {@link #credit(long)}, as it pays. */
  public boolean isOnCredit() {
    return creditBytes != Long.MAX_VALUE;
  }

  /** Whether no more may be given in this turn. */
  public boolean isSpent() {
    return left() <= 0;
  }

  /** What may still be given in this turn. */
  long left() {
    return mostBytes - givenBytes;
  }

  /** Counts payload. */
  void give(long bytes) {
    givenBytes += bytes;
  }

  /** Takes back what was counted, in this turn or in one before. */
  void takeBack(long bytes) {
    givenBytes = Math.max(0, givenBytes - bytes);
  }
}
