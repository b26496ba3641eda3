package sluice.engine.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.engine.rate.Market.User;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpNetwork;

class BandwidthTest {
  private static final long SEED = Long.getLong("sluice.seed", 4711);
  private static final long MB = 1_000_000;

  private static BandwidthPlan plan(long up, ClassSpec... classes) {
    return new BandwidthPlan(0, up, List.of(classes));
  }

  private static ClassSpec spec(String name, int weight, long ceiling, long minimum) {
    return ClassSpec.of(name, new ClassLimits(weight, ceiling, minimum));
  }

  private static double share(User user, User... all) {
    double sum = 0;
    for (User u : all) {
      sum += u.taken;
    }
    return 100 * user.taken / sum;
  }

  @Test
  void aLimitThatIsShortIsSharedByWeight() {
    for (long limit : new long[] {50_000, MB, 100 * MB}) {
      Market market = new Market(plan(limit, spec("a", 3, 0, 0), spec("b", 1, 0, 0)));
      User a = market.user("a", -1);
      User b = market.user("b", -1);
      market.run(5, 200);
      assertThat(share(a, a, b)).as("limit " + limit).isCloseTo(75, within(3.0));
      assertThat((a.taken + b.taken) / 200.0).isCloseTo(limit, within(0.02 * limit + 200));
    }
  }

  @Test
  void peersAndTorrentsOfAClassDoNotMakeItHeavier() {
    Market market = new Market(plan(MB, spec("a", 3, 0, 0), spec("b", 1, 0, 0)));
    User a = market.user("a", -1);
    User[] many = new User[12];
    for (int i = 0; i < many.length; i++) {
      many[i] = market.user("b", -1);
    }
    market.run(5, 60);
    double others = 0;
    for (User u : many) {
      others += u.taken;
    }
    assertThat(100 * a.taken / (a.taken + others)).isCloseTo(75, within(3.0));
  }

  @Test
  void whatOneLeavesTheOthersGet() {
    Market market = new Market(plan(MB, spec("a", 9, 0, 0), spec("b", 1, 0, 0)));
    User a = market.user("a", 100_000);
    User b = market.user("b", -1);
    market.run(5, 60);
    assertThat(a.taken / 60.0).isCloseTo(100_000, within(2_000.0));
    assertThat(b.taken / 60.0).isCloseTo(900_000, within(20_000.0));
    a.wish = 0;
    a.owed = 0;
    market.run(1, 60);
    assertThat(b.taken / 60.0).isCloseTo(MB, within(20_000.0));
    a.wish = -1;
    market.run(2, 60);
    assertThat(share(a, a, b)).isCloseTo(90, within(3.0));
  }

  @Test
  void aMinimumIsKeptAgainstAnyWeight() {
    Market market = new Market(plan(MB, spec("small", 1, 0, 300_000), spec("big", 1_000, 0, 0)));
    User small = market.user("small", -1);
    User big = market.user("big", -1);
    market.run(5, 100);
    assertThat(small.taken / 100.0).isBetween(0.97 * 300_000, 1.05 * 300_000);
    assertThat((small.taken + big.taken) / 100.0).isCloseTo(MB, within(20_000.0));
    small.wish = 0;
    small.owed = 0;
    market.run(1, 100);
    assertThat(big.taken / 100.0).isCloseTo(MB, within(20_000.0));
  }

  @Test
  void minimumsThatAreTooMuchAreCutInProportion() {
    Market market = new Market(plan(MB, spec("a", 1, 0, 3 * MB), spec("b", 100, 0, MB)));
    User a = market.user("a", -1);
    User b = market.user("b", -1);
    market.run(5, 100);
    assertThat(share(a, a, b)).isCloseTo(75, within(3.0));
  }

  @Test
  void aCeilingHoldsAndTheRestGoesToOthers() {
    Market market = new Market(plan(MB, spec("a", 50, 200_000, 0), spec("b", 1, 0, 0)));
    User a = market.user("a", -1);
    User b = market.user("b", -1);
    market.run(5, 100);
    assertThat(a.taken / 100.0).isBetween(0.97 * 200_000, 200_000.0 + 400);
    assertThat(b.taken / 100.0).isCloseTo(800_000, within(20_000.0));
  }

  @Test
  void aCeilingHoldsWithoutALimitOfTheSession() {
    Market market = new Market(plan(0, spec("a", 1, 200_000, 0)));
    User a = market.user("a", -1);
    User free = market.user("", 5 * MB);
    market.run(5, 100);
    assertThat(a.taken / 100.0).isBetween(0.97 * 200_000, 200_000.0 + 400);
    assertThat(free.taken / 100.0).isCloseTo(5 * MB, within(20_000.0));
  }

  @Test
  void limitsChangeAtRunTime() {
    Market market = new Market(plan(0, spec("a", 3, 0, 0), spec("b", 1, 0, 0)));
    User a = market.user("a", 10 * MB);
    User b = market.user("b", 10 * MB);
    market.run(1, 10);
    assertThat((a.taken + b.taken) / 10.0).isCloseTo(20 * MB, within(100_000.0));
    a.wish = -1;
    b.wish = -1;
    market.bandwidth.apply(plan(MB, spec("a", 3, 0, 0), spec("b", 1, 0, 0)), market.now);
    market.run(1, 60);
    assertThat((a.taken + b.taken) / 60.0).isCloseTo(MB, within(20_000.0));
    assertThat(share(a, a, b)).isCloseTo(75, within(3.0));
    market.bandwidth.apply(plan(2 * MB, spec("a", 1, 0, 0), spec("b", 3, 0, 0)), market.now);
    market.run(1, 60);
    assertThat((a.taken + b.taken) / 60.0).isCloseTo(2 * MB, within(40_000.0));
    assertThat(share(a, a, b)).isCloseTo(25, within(3.0));
    market.bandwidth.apply(plan(MB, spec("b", 3, 0, 0)), market.now);
    market.run(1, 60);
    assertThat(share(a, a, b)).as("a is ordinary").isCloseTo(25, within(3.0));
  }

  @Test
  void torrentAndPeerLimitsHoldBelowTheClass() {
    Market market = new Market(plan(MB, spec("rest", 1, 0, 0)));
    User torrent = market.user(TorrentLimits.of(0, 100_000), "192.0.2.1", -1);
    User peer = market.user(new TorrentLimits(0, 0, 0, 50_000, "", Rank.NORMAL), "192.0.2.2", -1);
    User rest = market.user("rest", -1);
    market.run(5, 60);
    assertThat(torrent.taken / 60.0).isCloseTo(100_000, within(3_000.0));
    assertThat(peer.taken / 60.0).isCloseTo(50_000, within(3_000.0));
    assertThat(rest.taken / 60.0).isCloseTo(850_000, within(20_000.0));
    torrent.torrent.limits(TorrentLimits.of(0, 200_000), market.now);
    Endpoint one = new Endpoint(IpLiteral.parse("192.0.2.2").orElseThrow(), 6_881);
    peer.torrent.limitPeer(one, new PeerRate(0, 100_000));
    market.run(2, 60);
    assertThat(torrent.taken / 60.0).isCloseTo(200_000, within(6_000.0));
    assertThat(peer.taken / 60.0).isCloseTo(100_000, within(3_000.0));
  }

  @Test
  void peersOfTheLocalNetworkCanBeExempt() {
    Market market = new Market(plan(100_000, ClassSpec.exempt("lan")));
    market.bandwidth.rules(
        List.of(new PeerClass(IpNetwork.parse("10.0.0.0/8").orElseThrow(), "lan")));
    User near = market.user(TorrentLimits.of(0, 50_000), "10.1.2.3", 5 * MB);
    User far = market.user(TorrentLimits.of(0, 50_000), "192.0.2.1", -1);
    market.run(5, 60);
    assertThat(near.taken / 60.0).isCloseTo(5 * MB, within(20_000.0));
    assertThat(far.taken / 60.0).isCloseTo(50_000, within(3_000.0));
  }

  /** Whatever classes and users there are: limits and ceilings hold, and nothing is wasted. */
  @Test
  void propertiesOfRandomMarkets() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 60; run++) {
      long limit = random.nextLong(200_000, 5 * MB);
      int count = random.nextInt(1, 6);
      List<ClassSpec> specs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long minimum = random.nextBoolean() ? 0 : limit / (2L * count);
        long ceiling = random.nextBoolean() ? 0 : Math.max(minimum, random.nextLong(limit));
        specs.add(spec("c" + i, random.nextInt(1, 10), ceiling, minimum));
      }
      Market market = new Market(new BandwidthPlan(0, limit, specs));
      List<User> users = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        users.add(market.user("c" + i, random.nextInt(3) == 0 ? random.nextLong(limit) : -1));
      }
      int seconds = 60;
      market.run(5, seconds);
      double sum = 0;
      double wanted = 0;
      for (int i = 0; i < count; i++) {
        String what = "seed %d run %d class %d of %s".formatted(SEED, run, i, specs);
        User user = users.get(i);
        ClassLimits limits = specs.get(i).up();
        double rate = (double) user.taken / seconds;
        double wish = user.wish < 0 ? limit : user.wish;
        wish = limits.ceiling() > 0 ? Math.min(wish, limits.ceiling()) : wish;
        assertThat(rate).as(what).isLessThanOrEqualTo(1.01 * wish + Market.BLOCK);
        assertThat(rate)
            .as(what)
            .isGreaterThanOrEqualTo(0.97 * Math.min(wish, limits.minimum()) - Market.BLOCK);
        sum += rate;
        wanted += wish;
      }
      String what = "seed %d run %d %s".formatted(SEED, run, specs);
      assertThat(sum).as(what).isLessThanOrEqualTo(1.02 * limit);
      assertThat(sum).as(what).isGreaterThanOrEqualTo(0.96 * Math.min(wanted, limit));
    }
  }
}
