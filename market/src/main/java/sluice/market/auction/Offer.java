package sluice.market.auction;

import sluice.market.money.Price;

/**
 * One bid as the auction sees it. Who is eligible (floor, open channel, interest, no default) was
 * decided before.
 *
 * @param key names the bidder in the result; unique in one auction
 * @param most the highest price that it pays
 * @param microsPerSecond what it offers each second; for the proportional policy
 * @param payer names the key that pays; one slot for each
 * @param group the network that it comes from; one slot for each
 * @param waitedNanos how long it has been choked; 0 for who holds a slot
 * @param heldNanos how long it has held a sold slot; negative for who holds none
 */
public record Offer(
    int key,
    Price most,
    long microsPerSecond,
    long payer,
    long group,
    long waitedNanos,
    long heldNanos) {

  /** It holds a slot that it pays for. */
  public boolean isIncumbent() {
    return heldNanos >= 0;
  }
}
