package sluice.market.trade;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.market.money.Price;
import sluice.market.wire.PayMessage;

/** The bid of a neighbour that counts: the last one, until its time is over. Loop only. */
final class StandingBid {
  private PayMessage.@Nullable Bid bid;
  private long number = -1;
  private long endNanos;
  private boolean fresh;

  /** Takes a bid; false if it is not newer than the last. */
  boolean take(PayMessage.Bid next, long now) {
    if (next.number() <= number) {
      return false;
    }
    number = next.number();
    bid = next.most().equals(Price.FREE) ? null : next;
    endNanos = now + next.validSeconds() * SellSide.SECOND_NANOS;
    fresh = true;
    return true;
  }

  Optional<PayMessage.Bid> at(long now) {
    return now < endNanos ? Optional.ofNullable(bid) : Optional.empty();
  }

  /** Whether it has been in no round. */
  boolean isFresh() {
    return fresh;
  }

  /** It has been in a round. */
  void used() {
    fresh = false;
  }
}
