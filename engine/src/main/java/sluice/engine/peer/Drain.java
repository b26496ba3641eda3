package sluice.engine.peer;

/**
 * For how long a peer has taken nothing of what waits for it. The system takes and gives space in
 * large parts: with a peer that reads 5 KB a second it takes nothing for half a minute at a time.
 * But who takes blocks asks for more: that counts, too. Loop only.
 */
final class Drain {
  private long taken;
  private long sinceNanos;

  Drain(long now) {
    sinceNanos = now;
  }

  /** The peer asks for a block. */
  void asked(long now) {
    sinceNanos = now;
  }

  /**
   * Looks at the pipe; to be called about once a second.
   *
   * @param takenBytes what the pipe has taken of all that was queued
   * @param waitingBytes what it has not
   */
  long stalledNanos(long takenBytes, long waitingBytes, long now) {
    if (waitingBytes == 0 || takenBytes != taken) {
      taken = takenBytes;
      sinceNanos = now;
    }
    return now - sinceNanos;
  }
}
