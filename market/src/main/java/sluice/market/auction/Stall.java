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

  /**
   * The slots that may be sold of all regular {@code slots}: what is left when the free ones, at
   * least one, are set aside.
   *
   * @param freePermille the share that is never sold, 250 to 1000
   */
  public static int forSale(int slots, int freePermille) {
    if (freePermille < 250 || freePermille > 1_000) {
      throw new IllegalArgumentException("free share of " + freePermille + " per mille");
    }
    int free = Math.max(1, Math.ceilDiv(slots * freePermille, 1_000));
    return Math.max(0, slots - free);
  }
}
