package sluice.engine.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.rate.Market.User;

/** Peers that want all they get have equal parts of a limit, whoever is asked first. */
class TurnsTest {
  private static final int SECONDS = 300;

  private static double rate(User user) {
    return user.taken / (double) SECONDS;
  }

  private static void assertEqual(List<User> users, double expected) {
    for (User user : users) {
      assertThat(rate(user)).isCloseTo(expected, within(0.05 * expected));
    }
  }

  private static List<User> users(Market market, int count) {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(market.user("", -1));
    }
    return users;
  }

  private static Market inOrder(long limit) {
    Market market = new Market(new BandwidthPlan(0, limit, List.of()));
    market.rotates = false;
    return market;
  }

  @ParameterizedTest
  @ValueSource(longs = {30_000, 1_000_000, 50_000_000})
  void torrentsThatAreAlwaysAskedInTheSameOrder(long limit) {
    Market market = inOrder(limit);
    List<User> users = users(market, 7);
    market.run(5, SECONDS);
    assertEqual(users, limit / 7.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {30_000, 1_000_000, 50_000_000})
  void peersOfATorrentWithALimit(long limit) {
    Market market = inOrder(0);
    List<User> users = market.peers(TorrentLimits.of(0, limit), 7);
    market.run(5, SECONDS);
    assertEqual(users, limit / 7.0);
  }

  @Test
  void thoseBehindPeersThatWantNothing() {
    Market market = new Market(new BandwidthPlan(0, 1_000_000, List.of()));
    List<User> idle = users(market, 9);
    idle.forEach(user -> user.wish = 0);
    List<User> users = users(market, 3);
    market.run(5, SECONDS);
    assertEqual(users, 1_000_000 / 3.0);
  }

  @Test
  void aSlowOneIsNotWaitedFor() {
    Market market = inOrder(1_000_000);
    List<User> fast = users(market, 3);
    List<User> slow = users(market, 2);
    slow.forEach(user -> user.wish = 20_000);
    market.run(5, SECONDS);
    assertEqual(slow, 20_000);
    assertEqual(fast, 960_000 / 3.0);
  }

  /** Who was alone for long does not wait until another has had as much. */
  @Test
  void aNewcomerHasItsPartAndNoMore() {
    Market market = inOrder(1_000_000);
    List<User> users = users(market, 2);
    users.getLast().wish = 0;
    market.run(5, SECONDS);
    assertThat(rate(users.getFirst())).isCloseTo(1_000_000, within(20_000.0));
    users.getFirst().wish = 300_000;
    market.run(5, SECONDS);
    users.forEach(user -> user.wish = -1);
    market.run(0, SECONDS);
    assertEqual(users, 500_000);
  }
}
