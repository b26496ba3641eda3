package sluice.engine.dht;

/** Permits that time brings back, up to a limit. Loop only. */
final class Refill {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double most;
  private double left;
  private long sinceNanos;

  /** {@code most} of them, of which {@code perSecond} come back. */
  Refill(double perSecond, double most, long now) {
    this.perSecond = perSecond;
    this.most = most;
    this.left = most;
    this.sinceNanos = now;
  }

  /** How many there are. */
  double left(long now) {
    left = Math.min(most, left + (now - sinceNanos) / NANOS * perSecond);
    sinceNanos = now;
    return left;
  }

  /** Takes one, if there is one. */
  boolean take(long now) {
    boolean has = left(now) >= 1;
    if (has) {
      left--;
    }
    return has;
  }

  /** Takes {@code count}, of which there may be fewer. */
  void spend(double count) {
    left -= count;
  }
}
