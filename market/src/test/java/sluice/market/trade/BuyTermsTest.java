package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.market.money.Price;

/** A payer whose user changes price and budget while it runs. */
class BuyTermsTest {
  private static final long BUDGET = 1_000_000_000L;

  @Test
  void whoBidsNothingIsSoldASlotOnceItsUserPays() {
    Pair later = Pair.of(Price.FREE, 0);
    later.run(5 * Pair.SECOND);
    assertThat(later.till.earned()).isZero();
    assertThat(later.purse.opened).isZero();
    later.bidder.most(Pair.FLOOR);
    later.wallet.limit(BUDGET);
    later.run(10 * Pair.SECOND);
    assertThat(later.till.earned()).isPositive();
    later.bidder.most(Price.FREE);
    later.run(90 * Pair.SECOND);
    long earned = later.till.earned();
    later.run(20 * Pair.SECOND);
    assertThat(later.till.earned()).isEqualTo(earned).isEqualTo(later.purse.spent());
  }
}
