package sluice.market.auction;

import java.util.Comparator;

/** Orders of offers, the best first. A total order each: ties end with the key. */
final class Order {
  /** The highest price; of equal ones who has waited longest. */
  static final Comparator<Offer> PRICE =
      Comparator.comparing(Offer::most)
          .reversed()
          .thenComparing(Comparator.comparingLong(Offer::waitedNanos).reversed())
          .thenComparingInt(Offer::key);

  /** Who came first. */
  static final Comparator<Offer> WAITING =
      Comparator.comparing(Offer::isIncumbent)
          .thenComparingLong(Offer::waitedNanos)
          .reversed()
          .thenComparingInt(Offer::key);

  /** The highest spending. */
  static final Comparator<Offer> SPENDING =
      Comparator.comparingLong(Offer::microsPerSecond)
          .thenComparingLong(Offer::waitedNanos)
          .reversed()
          .thenComparingInt(Offer::key);

  private Order() {}
}
