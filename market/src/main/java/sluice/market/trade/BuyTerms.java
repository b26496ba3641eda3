package sluice.market.trade;

import sluice.market.money.Price;

/**
 * How much is paid.
 *
 * @param most the highest price
 * @param budgetMicros the most that is spent, all torrents together
 * @param torrentMicros the most that is spent for one torrent
 * @param daily the most that is spent within a day
 */
public record BuyTerms(Price most, long budgetMicros, long torrentMicros, Daily daily) {
  /** Nothing is paid. */
  public static final BuyTerms NOTHING = new BuyTerms(Price.FREE, 0);

  /**
   * A limit for each day of UTC.
   *
   * @param limitMicros the most that is spent
   * @param day on which something was spent before, as a number since 1970
   * @param spentMicros what was
   */
  public record Daily(long limitMicros, long day, long spentMicros) {
    /** No limit. */
    public static final Daily UNLIMITED = new Daily(Long.MAX_VALUE, 0, 0);

    public Daily {
      if (limitMicros < 0 || spentMicros < 0) {
        throw new IllegalArgumentException("a day's " + limitMicros + ", spent " + spentMicros);
      }
    }
  }

  public BuyTerms {
    if (budgetMicros < 0 || torrentMicros < 0) {
      throw new IllegalArgumentException(
          "a budget is not negative: " + budgetMicros + ", for a torrent " + torrentMicros);
    }
  }

  /** Without limits for a torrent and a day. */
  public BuyTerms(Price most, long budgetMicros) {
    this(most, budgetMicros, Long.MAX_VALUE, Daily.UNLIMITED);
  }
}
