package sluice.ledger.wallet;

/** A keystore cannot be read or opened; the message says why and what to do. */
public final class KeystoreException extends Exception {
  private static final long serialVersionUID = 1L;

  KeystoreException(String message) {
    super(message);
  }
}
