package sluice.market.trade;

/** Lets so many things happen in a second, counted from the first of them. */
final class Pacer {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final int perSecond;
  private long secondNanos;
  private int count;

  Pacer(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether one more may happen. */
  boolean allows(long now) {
    if (count == 0 || now - secondNanos >= SECOND_NANOS) {
      secondNanos = now;
      count = 0;
    }
    return ++count <= perSecond;
  }
}
