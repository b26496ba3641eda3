package sluice.ledger.client;

/** A hub refused a call; nothing was done. */
public final class HubException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  HubException(int status, String code, String detail) {
    super(code + ": " + detail);
    this.status = status;
    this.code = code;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** Why, in a word of the API such as INSUFFICIENT_FUNDS. */
  public String code() {
    return code;
  }
}
