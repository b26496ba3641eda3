package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayMessage.End;

/** What becomes of a payer that has left owing: it pays before, or buys nothing. */
class DefaultTest {
  private static final long BUDGET = 1_000_000_000L;
  private static final long WINDOW_PRICE = Pair.FLOOR.due(SellTerms.WINDOW_BYTES);

  private final Pair pair = Pair.of(Pair.FLOOR, BUDGET);

  private PayMessage.Ack lastAck() {
    return pair.sellerEnd.said.stream()
        .filter(PayMessage.Ack.class::isInstance)
        .map(PayMessage.Ack.class::cast)
        .toList()
        .getLast();
  }

  private List<End> ends() {
    return pair.sellerTold.stream()
        .filter(MarketEvent.Ended.class::isInstance)
        .map(e -> ((MarketEvent.Ended) e).reason())
        .toList();
  }

  /** As a payer that was killed, and knows no more than its channel. */
  @Test
  void whoHasLeftOwingGoesOnIfItPaysBefore() {
    pair.run(8 * Pair.SECOND);
    pair.toSeller = m -> m instanceof PayMessage.Pay ? List.of() : List.of(m);
    pair.run(20 * Pair.SECOND);
    long given = pair.receivedBytes;
    long lost = Pair.FLOOR.due(given) - pair.till.earned();
    assertThat(lost).isPositive().isLessThanOrEqualTo(WINDOW_PRICE);
    pair.toSeller = List::of;
    pair.run(60 * Pair.SECOND);
    assertThat(pair.receivedBytes - given).isGreaterThan(4L << 20);
    assertThat(Pair.FLOOR.due(pair.receivedBytes) - pair.till.earned())
        .as("nothing more is lost")
        .isLessThanOrEqualTo(lost);
    assertThat(lastAck().windowBytes()).isZero();
    assertThat(pair.bars.terms(7, pair.now())).isEqualTo(Bars.Terms.BEFORE);
    pair.wants = false;
    pair.run(Bars.HOUR_NANOS);
    pair.wants = true;
    pair.run(20 * Pair.SECOND);
    assertThat(lastAck().windowBytes()).isEqualTo(SellTerms.WINDOW_BYTES);
  }

  /** A slot is not kept from others by who does not pay. */
  @Test
  void whoDoesNotPayBeforeEitherIsSoldNothing() {
    pair.run(8 * Pair.SECOND);
    pair.toSeller = m -> m instanceof PayMessage.Pay ? List.of() : List.of(m);
    pair.run(200 * Pair.SECOND);
    assertThat(pair.bars.terms(7, pair.now())).isEqualTo(Bars.Terms.NONE);
    assertThat(ends()).containsExactly(End.TIMEOUT, End.TIMEOUT);
    assertThat(Pair.FLOOR.due(pair.receivedBytes) - pair.till.earned())
        .isLessThanOrEqualTo(WINDOW_PRICE);
    pair.toSeller = List::of;
    long given = pair.receivedBytes;
    pair.run(60 * Pair.SECOND);
    assertThat(pair.receivedBytes).isEqualTo(given);
  }
}
