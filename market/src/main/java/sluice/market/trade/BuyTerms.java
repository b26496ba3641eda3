package sluice.market.trade;

import sluice.market.money.Price;

/**
 * How much is paid.
 *
 * @param most the highest price
 * @param budgetMicros the most that is spent, all torrents together
 */
public record BuyTerms(Price most, long budgetMicros) {
  /** Nothing is paid. */
  public static final BuyTerms NOTHING = new BuyTerms(Price.FREE, 0);

  public BuyTerms {
    if (budgetMicros < 0) {
      throw new IllegalArgumentException("a budget is not negative: " + budgetMicros);
    }
  }
}
