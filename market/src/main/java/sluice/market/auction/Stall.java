package sluice.market.auction;

import sluice.market.money.Price;

/**
 * What is for sale.
 *
 * @param slots upload slots that may be sold
 * @param floor the lowest price
 * @param bytesPerSecond bandwidth of these slots together; for the proportional policy
 */
public record Stall(int slots, Price floor, long bytesPerSecond) {
  public Stall {
    if (slots < 0 || bytesPerSecond < 0) {
      throw new IllegalArgumentException("stall of " + slots + " slots, " + bytesPerSecond);
    }
  }
}
