package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.market.wire.PayMessage.End;
import sluice.protocol.digest.Hash;

/** A payer spends no more than it may: in a run, for a torrent, within a day. */
class BudgetTest {
  private static final long BUDGET = 1_000_000_000L;
  private static final long WINDOW_PRICE = Pair.FLOOR.due(SellTerms.WINDOW_BYTES);

  private static List<End> ends(Pair pair) {
    return pair.buyerTold.stream()
        .filter(MarketEvent.Ended.class::isInstance)
        .map(e -> ((MarketEvent.Ended) e).reason())
        .toList();
  }

  @Test
  void theBudgetIsNeverExceeded() {
    Pair poor = Pair.of(Pair.FLOOR, 3_000_000);
    poor.run(20 * Pair.SECOND);
    assertThat(poor.purse.spent()).isLessThanOrEqualTo(3_000_000);
    assertThat(poor.purse.spent()).isGreaterThan(2_900_000);
    assertThat(poor.mostOwedMicros).isLessThanOrEqualTo(WINDOW_PRICE);
    assertThat(ends(poor)).contains(End.BUDGET);
  }

  /** What earlier runs of the day have spent counts, and the next day has its own. */
  @Test
  void theBudgetOfADayIsNeverExceeded() {
    long day = Pair.UNIX / 86_400;
    BuyTerms.Daily daily = new BuyTerms.Daily(5_000_000, day, 3_000_000);
    Pair poor =
        new Pair(
            SellTerms.of(Pair.ALIAS, Pair.FLOOR),
            new BuyTerms(Pair.FLOOR, BUDGET, BUDGET, daily),
            16 * Pair.BLOCK);
    poor.run(20 * Pair.SECOND);
    assertThat(poor.purse.spent()).isBetween(1_900_000L, 2_000_000L);
    assertThat(ends(poor)).contains(End.BUDGET);
    poor.wants = false;
    poor.run((86_400 - Pair.UNIX % 86_400) * Pair.SECOND);
    poor.wants = true;
    poor.run(120 * Pair.SECOND);
    assertThat(poor.purse.spent()).isBetween(6_500_000L, 7_000_000L);
  }

  /** Parts of a wallet together spend no more than the whole. */
  @Test
  void torrentsHaveBudgetsOfTheirOwn() {
    Wallet whole = Wallet.of(new BuyTerms(Pair.FLOOR, 100), () -> 0);
    Wallet one = whole.part(70);
    Wallet other = whole.part(70);
    assertThat(one.reserve(1_000)).isEqualTo(70);
    assertThat(other.reserve(1_000)).isEqualTo(30);
    assertThat(other.reserve(1)).isZero();
    one.spend(50);
    one.release(20);
    assertThat(other.freeMicros()).isEqualTo(20);
    assertThat(one.freeMicros()).isEqualTo(20);
    other.spend(30);
    assertThat(whole.spentMicros()).isEqualTo(80);
    assertThat(one.spentMicros()).isEqualTo(50);
  }

  /** A torrent that is stopped and started again has spent what it has spent. */
  @Test
  void limitsOfTorrentsAndDaysAreChangedWhileTheyAreInUse() {
    long day = Pair.UNIX / 86_400;
    BuyTerms.Daily daily = new BuyTerms.Daily(90, day, 10);
    Wallet whole = Wallet.of(new BuyTerms(Pair.FLOOR, BUDGET, 30, daily), () -> Pair.UNIX);
    TorrentWallets torrents = new TorrentWallets(whole, 30);
    Hash film = Hash.sha256(new byte[] {1});
    Hash song = Hash.sha256(new byte[] {2});
    assertThat(torrents.of(film).reserve(BUDGET)).isEqualTo(30);
    torrents.of(film).spend(30);
    torrents.left(film);
    assertThat(torrents.of(film).freeMicros()).isZero();
    torrents.limit(50);
    assertThat(torrents.of(film).freeMicros()).isEqualTo(20);
    assertThat(torrents.of(song).freeMicros()).isEqualTo(50);
    torrents.left(song);
    whole.limitDay(45);
    assertThat(torrents.of(film).freeMicros()).as("10 before, 30 for the film").isEqualTo(5);
    assertThat(torrents.of(song).freeMicros()).isEqualTo(5);
    whole.limitDay(20);
    assertThat(torrents.of(song).freeMicros()).isZero();
    whole.limitDay(Long.MAX_VALUE);
    torrents.limit(Long.MAX_VALUE);
    assertThat(torrents.of(song).freeMicros()).isEqualTo(BUDGET - 30);
  }
}
