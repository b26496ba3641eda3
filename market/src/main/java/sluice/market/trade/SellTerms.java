package sluice.market.trade;

import sluice.market.auction.AuctionPolicy;
import sluice.market.auction.UniformPrice;
import sluice.market.money.Price;
import sluice.market.sign.PayAddress;

/**
 * On which terms slots are sold.
 *
 * @param alias under which the hub credits the seller
 * @param floor the lowest price
 * @param windowBytes the most that may be unpaid
 * @param freePermille the share of the slots that is never sold, 250 to 1000
 * @param policy how slots are sold
 */
public record SellTerms(
    PayAddress alias, Price floor, long windowBytes, int freePermille, AuctionPolicy policy) {
  /** The window that is granted where nothing else is said. */
  public static final long WINDOW_BYTES = 1 << 20;

  /** The share that is kept free where nothing else is said. */
  public static final int FREE_PERMILLE = 500;

  /** A seller that sells half of its slots at a uniform price. */
  public static SellTerms of(PayAddress alias, Price floor) {
    return new SellTerms(alias, floor, WINDOW_BYTES, FREE_PERMILLE, new UniformPrice());
  }
}
