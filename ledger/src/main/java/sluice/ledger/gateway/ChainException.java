package sluice.ledger.gateway;

/** The chain did not answer, or not with what was asked for; whatever was asked may be done. */
public final class ChainException extends Exception {
  private static final long serialVersionUID = 1L;

  public ChainException(String message) {
    super(message);
  }
}
