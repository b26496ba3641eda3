package sluice.market.trade;

/**
 * Whether a seller gives what it sells: it does not if in one lease it gives less than a quarter of
 * what it gave in the one before.
 */
final class Delivery {
  static final long LEASE_NANOS = SellSide.LEASE_SECONDS * 1_000_000_000L;
  private static final int PART = 4;

  private long sinceNanos;
  private long beforeBytes;
  private long bytes;

  Delivery(long now) {
    sinceNanos = now;
  }

  void add(long more) {
    bytes += more;
  }

  /** Whether the lease that has just ended was short of the one before; asked now and then. */
  boolean isShort(long now) {
    if (now - sinceNanos < LEASE_NANOS) {
      return false;
    }
    boolean isShort = bytes < beforeBytes / PART;
    sinceNanos = now;
    beforeBytes = bytes;
    bytes = 0;
    return isShort;
  }
}
