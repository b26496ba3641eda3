package sluice.market.credit;

/**
 * The bytes that a payee sends unpaid: one block at first, twice as much after each honoured
 * voucher, up to a limit. After a default it is one block again, and that only when it was paid
 * before.
 *
 * <p>Invariant: the payee never loses more than the price of the window.
 */
public final class CreditWindow {
  /** Where it starts: one block. */
  public static final long BLOCK_BYTES = 16_384;

  /** Where it ends. */
  public static final long MAX_BYTES = 4 << 20;

  private final long grantedBytes;
  private long limitBytes;
  private long bytes = BLOCK_BYTES;
  private boolean prepaid;

  /**
   * A window for a payer that is new.
   *
   * @param grantedBytes the most that the payee ever grants
   */
  public CreditWindow(long grantedBytes) {
    this.grantedBytes = Math.clamp(grantedBytes, BLOCK_BYTES, MAX_BYTES);
    limitBytes = this.grantedBytes;
  }

  /** What may be unpaid; 0 for who has to pay before. */
  public long bytes() {
    return prepaid ? 0 : bytes;
  }

  /**
   * Adapts the limit to the connection: twice what is under way when data flows without a stop.
   *
   * @param roundTripNanos time from a block to the voucher for it
   */
  public void adapt(long bytesPerSecond, long roundTripNanos) {
    double underWay = 2.0 * bytesPerSecond * roundTripNanos / 1e9;
    limitBytes = Math.clamp((long) underWay, BLOCK_BYTES, grantedBytes);
    bytes = Math.min(bytes, limitBytes);
  }

  /** A voucher came that pays something. */
  public void honoured() {
    prepaid = false;
    bytes = Math.min(2 * bytes, limitBytes);
  }

  /** The payer did not pay in time. */
  public void defaulted() {
    prepaid = true;
    bytes = BLOCK_BYTES;
  }
}
