package sluice.market.credit;

/**
 * The bytes that a payee sends unpaid: one block at first, twice as much after each honoured
 * voucher, up to a limit. After a default it is one block again, and that only when it was paid
 * before; where that is to last, it stays so.
 *
 * <p>Invariant: the payee never loses more than the price of the window.
 */
public final class CreditWindow {
  /** Where it starts: one block. */
  public static final long BLOCK_BYTES = 16_384;

  /** Where it ends. */
  public static final long MAX_BYTES = 4 << 20;

  private final long grantedBytes;
  private long bytes = BLOCK_BYTES;
  private boolean prepaid;
  private boolean strict;

  /**
   * A window for a payer that is new.
   *
   * @param grantedBytes the most that the payee ever grants
   */
  public CreditWindow(long grantedBytes) {
    this.grantedBytes = Math.clamp(grantedBytes, BLOCK_BYTES, MAX_BYTES);
  }

  /** The most that it can be. */
  public long grantedBytes() {
    return grantedBytes;
  }

  /** What may be unpaid; 0 for who has to pay before. */
  public long bytes() {
    return prepaid || strict ? 0 : bytes;
  }

  /** Whether all has to be paid before for now, whatever is paid. */
  public void strict(boolean is) {
    strict = is;
  }

  /** Whether it is so. */
  public boolean isStrict() {
    return strict;
  }

  /** A voucher came that pays something. */
  public void honoured() {
    prepaid = false;
    bytes = strict ? BLOCK_BYTES : Math.min(2 * bytes, grantedBytes);
  }

  /** The payer did not pay in time. */
  public void defaulted() {
    prepaid = true;
    bytes = BLOCK_BYTES;
  }
}
