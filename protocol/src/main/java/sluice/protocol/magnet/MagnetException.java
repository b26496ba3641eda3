package sluice.protocol.magnet;

/** A magnet URI that cannot be used. */
public final class MagnetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public MagnetException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Each cause of refusal. */
  public enum Reason {
    TOO_LONG,
    NOT_A_MAGNET,
    MISSING_HASH,
    BAD_HASH,
    /** Two different hashes of one kind. */
    CONFLICTING_HASHES
  }
}
