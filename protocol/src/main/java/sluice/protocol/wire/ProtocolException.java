package sluice.protocol.wire;

/** Received bytes break the peer protocol. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Violation violation;

  public ProtocolException(Violation violation, String detail) {
    super(violation + ": " + detail, null, false, false);
    this.violation = violation;
  }

  /** What was broken. */
  public Violation violation() {
    return violation;
  }
}
