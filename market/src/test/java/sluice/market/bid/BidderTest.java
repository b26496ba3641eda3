package sluice.market.bid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sluice.market.money.Price;

class BidderTest {
  private static final Price FLOOR = new Price(100);
  private static final Price MOST = new Price(1_000);

  @Test
  void itStartsAtTheFloorAndRisesByATenthUntilItWinsOrMayNot() {
    Bidder bidder = new Bidder(MOST, FLOOR);
    assertThat(bidder.bid(FLOOR)).isEqualTo(FLOOR);
    bidder.lost();
    assertThat(bidder.bid(FLOOR)).isEqualTo(new Price(110));
    for (int i = 0; i < 100; i++) {
      bidder.lost();
    }
    assertThat(bidder.bid(FLOOR)).isEqualTo(MOST);
  }

  @Test
  void itFallsSlowlyWhileItWinsButNotBelowTheFloor() {
    Bidder bidder = new Bidder(MOST, new Price(200));
    bidder.won(new Price(150));
    assertThat(bidder.bid(FLOOR)).isEqualTo(new Price(190));
    for (int i = 0; i < 100; i++) {
      bidder.won(FLOOR);
    }
    assertThat(bidder.bid(FLOOR)).isEqualTo(FLOOR);
  }

  @Test
  void itBidsNothingToWhoIsTooDear() {
    assertThat(new Bidder(MOST, FLOOR).bid(new Price(1_001))).isEqualTo(Price.FREE);
  }

  @Test
  void aFreeFloorStillRises() {
    Bidder bidder = new Bidder(MOST, Price.FREE);
    bidder.lost();
    assertThat(bidder.bid(Price.FREE)).isEqualTo(new Price(1));
  }

  @Test
  void hugePricesDoNotOverflow() {
    Bidder bidder = new Bidder(new Price(Long.MAX_VALUE), new Price(Long.MAX_VALUE - 1));
    bidder.lost();
    bidder.lost();
    bidder.won(new Price(Long.MAX_VALUE));
    assertThat(bidder.bid(Price.FREE).perMebibyte()).isGreaterThan(Long.MAX_VALUE / 100 * 90);
  }

  @Test
  void aBudgetIsNeverOverspent() {
    Budget budget = new Budget(100, 30);
    assertThat(budget.reserve(71)).isFalse();
    assertThat(budget.reserve(-1)).isFalse();
    assertThat(budget.reserve(70)).isTrue();
    assertThat(budget.reserve(1)).isFalse();
    budget.spend(50);
    budget.release(20);
    assertThat(budget.freeMicros()).isEqualTo(20);
    assertThat(budget.spentMicros()).isEqualTo(80);
    assertThatThrownBy(() -> budget.spend(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLowerLimitThanWhatIsSpentLeavesNothing() {
    assertThat(new Budget(10, 30).freeMicros()).isZero();
  }

  @Test
  void theUserMayChangePriceAndBudgetMeanwhile() {
    Bidder bidder = new Bidder(new Price(100), new Price(80));
    bidder.most(new Price(50));
    assertThat(bidder.bid(new Price(60))).isEqualTo(Price.FREE);
    assertThat(bidder.bid(new Price(20))).isEqualTo(new Price(50));
    bidder.lost();
    assertThat(bidder.bid(new Price(20))).isEqualTo(new Price(50));
    bidder.most(Price.FREE);
    assertThat(bidder.bid(new Price(20))).isEqualTo(Price.FREE);

    Budget budget = new Budget(0, 0);
    budget.limit(100);
    assertThat(budget.reserve(40)).isTrue();
    budget.spend(30);
    budget.limit(20);
    assertThat(budget.freeMicros()).isZero();
    budget.limit(70);
    assertThat(budget.freeMicros()).isEqualTo(30);
    assertThatThrownBy(() -> budget.limit(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachDayHasItsOwnMoney() {
    DayBudget budget = new DayBudget(100, 7, 90);
    assertThat(budget.freeMicros(7)).isEqualTo(10);
    budget.reserve(10);
    assertThat(budget.freeMicros(7)).isZero();
    assertThat(budget.freeMicros(8)).as("what is set aside stays so").isEqualTo(90);
    budget.spend(8, 4);
    budget.release(6);
    assertThat(budget.freeMicros(8)).isEqualTo(96);
    assertThat(budget.freeMicros(7)).as("clocks do not go back").isEqualTo(96);
    assertThat(new DayBudget(5, 1, 9).freeMicros(1)).isZero();
  }
}
