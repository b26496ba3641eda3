package sluice.ledger.gateway;

/**
 * What the chain's node said to a payment. Whatever it is, only blocks tell whether it was paid.
 *
 * @param waits whether nothing more should be sent for a while
 * @param problem what is wrong; empty if nothing is
 */
public record Sending(boolean waits, String problem) {
  /** The node has it. */
  public static final Sending TAKEN = new Sending(false, "");
}
