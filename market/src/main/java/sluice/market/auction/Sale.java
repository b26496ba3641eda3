package sluice.market.auction;

import sluice.market.money.Price;

/**
 * A slot that is sold.
 *
 * @param key who gets it
 * @param price what is to be paid, never above the bid
 * @param share part of the sold bandwidth in parts of a million
 */
public record Sale(int key, Price price, int share) {
  /** All of the bandwidth. */
  public static final int WHOLE = 1_000_000;
}
