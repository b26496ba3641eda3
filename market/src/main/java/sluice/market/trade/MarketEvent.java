package sluice.market.trade;

import sluice.market.money.Price;
import sluice.market.wire.PayMessage;

/** What happens in the market, for people and tests. */
public sealed interface MarketEvent {
  /** We have bid. */
  record Bid(String neighbour, Price most) implements MarketEvent {}

  /** A slot was sold to us. */
  record Bought(String neighbour, Price price) implements MarketEvent {}

  /** We have promised; {@code totalMicros} on this channel in all. */
  record Paid(String neighbour, long micros, long totalMicros) implements MarketEvent {}

  /** Somebody bids to us. */
  record Offered(String neighbour, Price most) implements MarketEvent {}

  /** We have sold a slot. */
  record Sold(String neighbour, Price price) implements MarketEvent {}

  /** We have a voucher; {@code totalMicros} on this channel in all. */
  record Earned(String neighbour, long micros, long totalMicros) implements MarketEvent {}

  /**
   * What was sent since a slot was sold.
   *
   * @param paidBytes to the neighbour that pays
   * @param allBytes to it and all others
   */
  record Served(String neighbour, long paidBytes, long allBytes) implements MarketEvent {}

  /** What a neighbour owes us will not come. */
  record Lost(String neighbour, long micros) implements MarketEvent {}

  /** An award has ended; {@code unpaidMicros} are owed. */
  record Ended(String neighbour, boolean weSold, PayMessage.End reason, long unpaidMicros)
      implements MarketEvent {}

  /** Something was refused, by us or by the neighbour. */
  record Refused(String neighbour, String reason) implements MarketEvent {}
}
