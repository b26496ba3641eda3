package sluice.ledger.book;

/**
 * What an account stands for. What the hub owes is positive, what it has is negative: all accounts
 * of an asset together are zero.
 */
public enum AccountKind {
  /** What a user may spend. */
  AVAILABLE(false),
  /** What is locked in a channel; owed to its payer and its payee. */
  CHANNEL(false),
  /** What a user has asked to be paid out. */
  PENDING_WITHDRAWAL(false),
  /** What came in and nobody is known to own. */
  SUSPENSE(false),
  /** What the hub earned. */
  REVENUE(false),
  /** What the hub has in the wallet that pays out. */
  HOT(true),
  /** What the hub has out of reach of its programs. */
  COLD(true),
  /** What the chain has not made final. */
  UNSOLIDIFIED(true),
  /** What the network took. */
  NETWORK_FEES(true);

  private final boolean asset;

  AccountKind(boolean asset) {
    this.asset = asset;
  }

  /**
   * Whether an account may have this: what the hub has or spends is never above 0, all else never
   * below.
   */
  public boolean allows(long micros) {
    return asset ? micros <= 0 : micros >= 0;
  }
}
