package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.market.money.Price;

/**
 * Prices at which a block costs no whole number of micro-units: what is due for two blocks may be
 * one more than twice what is due for one, and nobody waits for that one.
 */
class RoundingTest {
  private static final long BUDGET = 1_000_000_000L;

  /** What goes in 30 seconds at one block for each round trip, and then some less. */
  private static final long MUCH = 3 << 20;

  private static void sellsTheWholeTime(Pair pair, Price price) {
    pair.run(30 * Pair.SECOND);
    assertThat(pair.receivedBytes).isGreaterThan(MUCH);
    pair.wants = false;
    pair.run(5 * Pair.SECOND);
    assertThat(pair.till.earned())
        .isEqualTo(pair.purse.spent())
        .isBetween(price.due(pair.receivedBytes), price.due(pair.receivedBytes + Pair.BLOCK));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 333_333, 500_000, 7_777_777})
  void whoPaysBeforeGoesOn(long micros) {
    Price price = new Price(micros);
    for (boolean byBlock : new boolean[] {true, false}) {
      Pair pair = Pair.at(SellTerms.of(Pair.ALIAS, price), price, BUDGET, byBlock);
      pair.bars.add(Pair.GROUP, pair.now());
      assertThat(pair.bars.terms(Pair.GROUP, pair.now())).isEqualTo(Bars.Terms.BEFORE);
      sellsTheWholeTime(pair, price);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 333_333, 500_000, 7_777_777})
  void aWindowOfOneBlockIsOneBlockAgainWhenItIsPaid(long micros) {
    Price price = new Price(micros);
    SellTerms usual = SellTerms.of(Pair.ALIAS, price);
    SellTerms narrow =
        new SellTerms(Pair.ALIAS, price, Pair.BLOCK, usual.freePermille(), usual.policy());
    Pair pair = Pair.at(narrow, price, BUDGET, false);
    sellsTheWholeTime(pair, price);
    assertThat(pair.mostOwedMicros).isLessThanOrEqualTo(price.due(Pair.BLOCK) + 1);
  }
}
