package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.market.credit.CreditWindow;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.wire.PayMessage;

/** What a payee risks with payers that come again and again, or of many addresses. */
class BarsTest {
  private static final long BLOCK = CreditWindow.BLOCK_BYTES;
  private static final long WINDOW = 1 << 20;
  private static final long HOUR = Bars.HOUR_NANOS;

  private final Bars bars = new Bars(WINDOW);
  private final Debts debts = new Debts();

  @Test
  void oneBlockIsForgivenInAnHour() {
    bars.lost(1, BLOCK, 0);
    assertThat(bars.terms(1, 0)).isEqualTo(Bars.Terms.CREDIT);
    assertThat(bars.forgivenBytes(1, 0)).isEqualTo(BLOCK);
    bars.lost(1, BLOCK, HOUR);
    assertThat(bars.terms(1, HOUR)).as("in the next hour").isEqualTo(Bars.Terms.CREDIT);
    bars.lost(1, 1, HOUR);
    assertThat(bars.terms(1, HOUR)).isEqualTo(Bars.Terms.BEFORE);
    assertThat(bars.terms(1, 2 * HOUR)).isEqualTo(Bars.Terms.CREDIT);
  }

  /** However many networks take blocks: four windows in all, then all of them pay before. */
  @Test
  void allNetworksTogetherTakeFourWindows() {
    long taken = 0;
    for (long network = 0; network < 10_000; network++) {
      if (bars.terms(network, 0) == Bars.Terms.CREDIT) {
        bars.lost(network, BLOCK, 0);
        taken += BLOCK;
      }
    }
    assertThat(taken).isEqualTo(Bars.POOL_WINDOWS * WINDOW);
    assertThat(bars.own(77, 0)).isEqualTo(Bars.Terms.CREDIT);
    assertThat(bars.terms(77, HOUR - 1)).isEqualTo(Bars.Terms.BEFORE);
    assertThat(bars.terms(77, HOUR)).isEqualTo(Bars.Terms.CREDIT);
  }

  @Test
  void theOldestAreForgottenAndThePoolIsNot() {
    bars.add(-1, 0);
    for (long network = 0; network < Bars.MAX; network++) {
      bars.add(network, 0);
    }
    assertThat(bars.own(-1, 0)).isEqualTo(Bars.Terms.CREDIT);
    assertThat(bars.own(Bars.MAX - 1, 0)).isEqualTo(Bars.Terms.BEFORE);
  }

  private Account account(Price price) {
    ChannelCert cert =
        new ChannelCert(
            Pair.channel(1),
            Pair.key(1).address(),
            Pair.ALIAS,
            Pair.channel(2),
            Long.MAX_VALUE,
            0,
            1,
            1);
    CreditWindow window = new CreditWindow(WINDOW);
    for (int i = 0; i < 10; i++) {
      window.honoured();
    }
    return new Account(cert, price, 0, window);
  }

  /** As who has many connections, or buys in many torrents. */
  @Test
  void allConnectionsOfANetworkShareAWindow() {
    Price price = new Price(1 << 20);
    Account[] accounts = new Account[10];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = account(price);
      debts.add(5, accounts[i]);
    }
    long sum = 0;
    for (Account account : accounts) {
      long room = account.roomBytes(debts.othersMicros(5, account), 0);
      long take = Math.min(room, WINDOW / 3);
      account.charge(take);
      sum += take;
    }
    assertThat(sum).isEqualTo(WINDOW);
    assertThat(debts.othersMicros(6, accounts[0])).isZero();
    accounts[0].paid(WINDOW / 3);
    assertThat(accounts[9].roomBytes(debts.othersMicros(5, accounts[9]), 0)).isEqualTo(WINDOW / 3);
    for (Account account : accounts) {
      debts.remove(5, account);
    }
    assertThat(debts.othersMicros(5, accounts[0])).isZero();
  }

  @Test
  void whatWasForgivenIsPartOfTheWindow() {
    Account account = account(new Price(1 << 20));
    assertThat(account.roomBytes(0, BLOCK)).isEqualTo(WINDOW - BLOCK);
  }

  /** Who does not keep its word on one connection pays before on all others at once. */
  @Test
  void aBarHoldsForAwardsThatLast() {
    Pair pair = Pair.of(Pair.FLOOR, 1_000_000_000L);
    pair.run(8 * Pair.SECOND);
    assertThat(pair.till.earned()).isPositive();
    pair.bars.add(Pair.GROUP, pair.now());
    pair.run(5 * Pair.SECOND);
    long given = pair.receivedBytes;
    assertThat(pair.sellerEnd.said)
        .anyMatch(m -> m instanceof PayMessage.Ack ack && ack.windowBytes() == 0);
    pair.run(10 * Pair.SECOND);
    assertThat(pair.receivedBytes).as("goes on, as it pays before").isGreaterThan(given);
  }

  @Test
  void theFloorAndTheShopChangeAtOnce() {
    Pair pair = Pair.of(new Price(2 * Pair.FLOOR.perMebibyte()), 1_000_000_000L);
    pair.run(12 * Pair.SECOND);
    assertThat(pair.sells.isAwarded()).isTrue();
    pair.shop.change(true, new Price(3 * Pair.FLOOR.perMebibyte()));
    pair.run(11 * Pair.SECOND);
    assertThat(pair.sells.isAwarded()).as("it bids less").isFalse();
    pair.shop.change(true, Pair.FLOOR);
    pair.run(21 * Pair.SECOND);
    assertThat(pair.sells.isAwarded()).isTrue();
    pair.shop.change(false, Pair.FLOOR);
    pair.run(11 * Pair.SECOND);
    assertThat(pair.sells.isAwarded()).isFalse();
    assertThat(pair.till.earned()).isPositive();
  }
}
