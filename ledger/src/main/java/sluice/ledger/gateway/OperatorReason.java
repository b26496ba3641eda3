package sluice.ledger.gateway;

/** Why an operator changed something, for those who audit the books. No state. */
public final class OperatorReason {
  /** Characters of the longest one. */
  public static final int MAX_CHARS = 100;

  private OperatorReason() {}

  /** {@code reason}; an {@link IllegalArgumentException} says what is wrong with it. */
  public static String require(String reason) {
    if (!reason.matches("[ -~]{1," + MAX_CHARS + "}")) {
      throw new IllegalArgumentException(
          "a reason has 1 to " + MAX_CHARS + " letters, digits and signs of ASCII");
    }
    return reason;
  }
}
