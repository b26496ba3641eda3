package sluice.transport.netty;

/**
 * Whether something happens more often than usual: more than a burst, less what ebbs. Loop only.
 */
final class Surge {
  private static final double NANOS = 1e9;

  /** A surge is over so long after its last event, at the most. */
  private static final double MEMORY_SECONDS = 0.1;

  private final int perSecond;
  private final int burst;
  private double count;
  private long sinceNanos;

  /**
   * What is more than {@code burst} at once and {@code perSecond} in the long run is a surge;
   * {@code now} is the time.
   */
  Surge(int perSecond, int burst, long now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.sinceNanos = now;
  }

  /** It happened once more. */
  void add() {
    count++;
  }

  /** Whether it happens too often at this time. */
  boolean isOn(long now) {
    double ebbed = (now - sinceNanos) / NANOS * perSecond;
    count = Math.clamp(count - ebbed, 0, burst + MEMORY_SECONDS * perSecond);
    sinceNanos = now;
    return count > burst;
  }
}
