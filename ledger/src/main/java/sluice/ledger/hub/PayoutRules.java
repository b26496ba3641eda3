package sluice.ledger.hub;

/**
 * What a hub pays out.
 *
 * @param isOpen whether it does at all; a hub of test coins does not
 * @param minMicros least that is withdrawn, the fee included
 * @param feeMicros what the hub keeps of each withdrawal
 * @param anywhere whether it pays to other addresses than the member's own
 */
public record PayoutRules(boolean isOpen, long minMicros, long feeMicros, boolean anywhere) {
  /** No withdrawals. */
  public static final PayoutRules CLOSED = new PayoutRules(false, 1, 0, false);

  public PayoutRules {
    if (feeMicros < 0 || minMicros <= feeMicros) {
      throw new IllegalArgumentException(
          "a withdrawal of " + minMicros + " with a fee of " + feeMicros);
    }
  }

  /** Withdrawals of any size to the member's own address, without a fee. */
  public static PayoutRules free() {
    return new PayoutRules(true, 1, 0, false);
  }
}
