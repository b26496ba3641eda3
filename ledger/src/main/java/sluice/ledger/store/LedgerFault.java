package sluice.ledger.store;

/** The books do not hold together: a bug or foreign hands. Nothing of the transaction stands. */
public final class LedgerFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerFault(String message) {
    super(message);
  }
}
