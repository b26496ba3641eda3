package sluice.engine.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.rate.Market.User;

/** Those who pay get the sold part of a limit together; what either side leaves the other gets. */
class SoldShareTest {
  private static final long MB = 1_000_000;
  private static final int SECONDS = 60;

  private final Market market = new Market(new BandwidthPlan(0, MB, List.of()));
  private int peers;

  private User user() {
    return market.user(TorrentLimits.of(0, 0), "192.0.2." + ++peers, -1);
  }

  private List<User> users(int count) {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(user());
    }
    return users;
  }

  private List<User> payers(int count, int freePermille) {
    List<User> payers = users(count);
    payers.forEach(payer -> payer.quota.sold(freePermille));
    return payers;
  }

  private static double rate(List<User> users) {
    return users.stream().mapToLong(user -> user.taken).sum() / (double) SECONDS;
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 500, 750})
  void theFreeShareIsKeptHoweverManyPay(int freePermille) {
    List<User> payers = payers(5, freePermille);
    List<User> free = users(3);
    market.run(5, SECONDS);
    double kept = MB * freePermille / 1_000.0;
    assertThat(rate(free)).isCloseTo(kept, within(0.02 * MB));
    assertThat(rate(payers)).isCloseTo(MB - kept, within(0.02 * MB));
    assertEach(free, kept / 3);
    assertEach(payers, (MB - kept) / 5);
  }

  private static void assertEach(List<User> users, double expected) {
    for (User one : users) {
      assertThat(rate(List.of(one))).as("each").isCloseTo(expected, within(0.05 * expected));
    }
  }

  @Test
  void whatEitherSideLeavesTheOtherGets() {
    List<User> payers = payers(1, 500);
    List<User> free = users(3);
    free.forEach(user -> user.wish = 50_000);
    market.run(5, SECONDS);
    assertThat(rate(free)).isCloseTo(150_000, within(5_000.0));
    assertThat(rate(payers)).isCloseTo(850_000, within(20_000.0));
    free.forEach(user -> user.wish = -1);
    payers.forEach(user -> user.wish = 100_000);
    payers.forEach(user -> user.owed = 0);
    market.run(5, SECONDS);
    assertThat(rate(payers)).isCloseTo(100_000, within(5_000.0));
    assertThat(rate(free)).isCloseTo(900_000, within(20_000.0));
  }

  @Test
  void whoPaysNoMoreIsLikeOthers() {
    List<User> payers = payers(1, 500);
    List<User> free = users(3);
    market.run(5, SECONDS);
    assertThat(rate(payers)).isCloseTo(MB / 2.0, within(0.02 * MB));
    payers.forEach(payer -> payer.quota.sold(Quota.NOT_SOLD));
    market.run(5, SECONDS);
    assertThat(rate(payers)).isCloseTo(MB / 4.0, within(0.02 * MB));
    assertThat(rate(free)).isCloseTo(0.75 * MB, within(0.02 * MB));
  }
}
