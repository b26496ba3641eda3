package sluice.engine.peer;

import sluice.engine.port.Pipe;
import sluice.engine.rate.Quota;

/**
 * The reading side of a connection: stops reading while a receive limit is used up, and tells for
 * how long nothing came although we read. Loop only.
 */
final class Inflow {
  private final Pipe pipe;
  private final Quota limit;
  private final Patience patience;
  private boolean paused;
  private long pausedNanos;
  private long lastReceivedNanos;

  Inflow(Pipe pipe, Quota limit, Patience patience, long now) {
    this.pipe = pipe;
    this.limit = limit;
    this.patience = patience;
    this.lastReceivedNanos = now;
  }

  /** Charges what came. */
  void received(int bytes, long now) {
    lastReceivedNanos = now;
    limit.take(bytes, now);
  }

  /** Stops reading if the limit is used up. */
  void pauseIfSpent(long now) {
    if (!paused && limit.available(now) <= 0) {
      paused = true;
      pausedNanos = now;
      pipe.reading(false);
    }
  }

  /** Reads again if the limit allows; the peer is not blamed for the pause. */
  void resume(long now) {
    if (paused && limit.available(now) > 0) {
      paused = false;
      lastReceivedNanos += now - pausedNanos;
      patience.excuse(now - pausedNanos);
      pipe.reading(true);
    }
  }

  /** Whether we do not read. */
  boolean isPaused() {
    return paused;
  }

  /** How long nothing came, the time during which we did not read left out. */
  long silentNanos(long now) {
    return (paused ? pausedNanos : now) - lastReceivedNanos;
  }
}
