package sluice.ledger.purse;

/** The journal of channels failed: nothing is promised or taken until it works again. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
