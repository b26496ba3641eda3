package sluice.engine.choke;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;

/** What each policy prefers. */
class PolicyRulesTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void titForTatRewardsTheFastestThreeAndOneByChance() {
    ChokeWorld world = world(new TitForTat(), 4, 12);
    for (int i = 0; i < 12; i++) {
      world.peers.get(i).down = i * 1_000L;
    }
    world.peers.get(11).snubbed = true;
    for (int round = 0; round < 30; round++) {
      ChokeResult result = world.step();
      assertThat(result.unchoked().subList(0, 3)).containsExactly(10, 9, 8);
      assertThat(result.optimistic()).hasValue(result.unchoked().get(3));
    }
  }

  @Test
  void theOptimisticSlotTurnsEveryThirtySeconds() {
    ChokeWorld world = world(new TitForTat(), 4, 12);
    world.peers.get(0).down = 3_000;
    world.peers.get(1).down = 3_000;
    world.peers.get(2).down = 3_000;
    List<Integer> holders = new ArrayList<>();
    for (int round = 0; round < 30; round++) {
      holders.add(world.step().optimistic().orElseThrow());
    }
    for (int i = 0; i < 30; i += 3) {
      assertThat(holders.subList(i, i + 3)).containsOnly(holders.get(i));
      if (i > 0) {
        assertThat(holders.get(i)).isNotEqualTo(holders.get(i - 1));
      }
    }
  }

  @Test
  void aHolderWhoCameLateKeepsTheSlotOverTheNextTurn() {
    ChokeWorld world = world(new TitForTat(), 4, 12);
    world.step();
    world.step();
    int first = world.step().optimistic().orElseThrow();
    world.peers.get(first).interested = false;
    world.round = 5;
    int second = world.step().optimistic().orElseThrow();
    assertThat(world.step().optimistic()).hasValue(second);
    assertThat(world.step().optimistic()).hasValue(second);
    assertThat(world.step().optimistic()).hasValue(second);
    assertThat(world.step().optimistic())
        .isNotEmpty()
        .isNotEqualTo(java.util.OptionalInt.of(second));
  }

  @Test
  void freshPeersAreThreeTimesAsLikely() {
    FakeEntropy entropy = new FakeEntropy(8);
    int fresh = 0;
    for (int i = 0; i < 4_000; i++) {
      ChokeWorld world = new ChokeWorld(new TitForTat(), 1, entropy);
      world.add().fresh = true;
      world.add();
      world.add();
      fresh += world.step().optimistic().orElseThrow() == 0 ? 1 : 0;
    }
    assertThat(fresh / 4_000.0).isBetween(0.57, 0.63);
  }

  /** Twenty peers, one slot that goes by chance, a turn of thirty seconds each. */
  @Test
  void theChanceComesToEverybodyInTurn() {
    ChokeWorld world = world(new TitForTat(), 1, 20);
    for (int round = 0; round < 180; round++) {
      world.step();
    }
    assertThat(world.peers).allMatch(p -> p.turns == 3);
  }

  @Test
  void whoOnlyTakesIsLuckySixteenTimesAsRarely() {
    ChokeWorld world = world(new TitForTat(), 1, 4);
    world.peers.get(0).takes = true;
    for (int round = 0; round < 300; round++) {
      world.step();
    }
    assertThat(world.peers.get(0).turns).isBetween(2, 5);
    assertThat(world.peers.subList(1, 4)).allMatch(p -> p.turns >= 32);
  }

  @Test
  void roundRobinIsFairInTime() {
    ChokeWorld world = world(new SeedRoundRobin(1_000_000), 4, 20);
    world.peers.forEach(p -> p.up = 100_000);
    for (int round = 0; round < 300; round++) {
      world.step();
    }
    assertThat(world.peers).allMatch(p -> p.turns == 10);
    assertThat(world.peers).allMatch(p -> p.waitedMost <= 240 * SECOND);
  }

  @Test
  void roundRobinGivesSlowPeersAtMostFiveMinutesAndIdleOnesTwentySeconds() {
    ChokeWorld world = world(new SeedRoundRobin(100_000_000), 1, 3);
    world.peers.get(0).up = 10;
    world.peers.get(1).up = 0;
    world.peers.get(2).up = 10_000_000;
    List<Integer> order = new ArrayList<>();
    for (int round = 0; round < 38; round++) {
      order.addAll(world.step().unchoked());
    }
    assertThat(order.subList(0, 30)).containsOnly(0);
    assertThat(order.subList(30, 32)).containsOnly(1);
    assertThat(order.subList(32, 38)).containsOnly(2);
    assertThat(world.step().unchoked()).containsExactly(0);
  }

  @Test
  void whoTakesNothingGetsWhatNobodyElseWants() {
    ChokeWorld world = world(new SeedRoundRobin(1_000_000), 1, 3);
    world.peers.get(0).stalled = true;
    world.peers.get(0).sent = 1;
    assertThat(world.step().unchoked()).containsExactly(1);
    for (int round = 0; round < 60; round++) {
      assertThat(world.step().unchoked()).doesNotContain(0);
    }
    world.peers.get(1).interested = false;
    world.peers.get(2).interested = false;
    assertThat(world.step().unchoked()).containsExactly(0);
  }

  @Test
  void fastestUploadKeepsTheFastest() {
    ChokeWorld world = world(new FastestUpload(), 3, 10);
    world.peers.get(4).up = 9_000;
    world.peers.get(7).up = 10_000;
    assertThat(world.step().unchoked()).hasSize(3).startsWith(7, 4);
  }

  @Test
  void antiLeechPrefersBothEnds() {
    ChokeWorld world = world(new AntiLeech(), 3, 10);
    world.peers.get(2).permille = 990;
    world.peers.get(5).permille = 0;
    assertThat(world.step().unchoked()).hasSize(3).startsWith(5, 2);
  }

  @Test
  void addressesGroupByIpv4AddressAndIpv6Network() throws Exception {
    assertThat(group("192.0.2.1")).isEqualTo(group("192.0.2.1")).isNotEqualTo(group("192.0.2.2"));
    assertThat(group("2001:db8::1")).isEqualTo(group("2001:db8::2"));
    assertThat(group("2001:db8:0:1::1")).isNotEqualTo(group("2001:db8::1"));
    assertThat(group("::c000:201")).isNotEqualTo(group("192.0.2.1"));
  }

  private static long group(String literal) throws Exception {
    return Standing.group(InetAddress.getByName(literal));
  }

  private static ChokeWorld world(ChokePolicy policy, int slots, int peers) {
    ChokeWorld world = new ChokeWorld(policy, slots, new FakeEntropy(77));
    for (int i = 0; i < peers; i++) {
      world.add();
    }
    return world;
  }
}
