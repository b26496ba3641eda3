package sluice.tron.node;

/** A node did not answer, or with what cannot be; what was asked for may have been done. */
public final class NodeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the node. */
  public enum Kind {
    /** It is not to be reached, or breaks the connection. */
    UNREACHABLE,
    /** It did not answer in time. */
    TIMEOUT,
    /** It does not let us in: no key, a wrong one, or too many calls. */
    REFUSED,
    /** It says what cannot be. */
    LIES,
    /** It knows less than it did, or than others do. */
    LAGS
  }

  private final Kind kind;

  public NodeException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
