package sluice.engine.choke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.engine.fake.FakeEntropy;

/** What holds for every policy. */
class ChokePolicyTest {
  private static final long SEED = Long.getLong("sluice.seed", 4711);

  static List<ChokePolicy> policies() {
    return List.of(
        new TitForTat(), new SeedRoundRobin(4_000_000), new FastestUpload(), new AntiLeech());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void slotsAreKeptAndNoneIsWasted(ChokePolicy policy) {
    Random random = new Random(SEED);
    for (int run = 0; run < 300; run++) {
      int slots = random.nextInt(9);
      ChokeWorld world = new ChokeWorld(policy, slots, new FakeEntropy(SEED + run));
      int count = random.nextInt(25);
      for (int i = 0; i < count; i++) {
        shake(world.add(), random);
      }
      for (int round = 0; round < 20; round++) {
        List<Standing> before = world.standings();
        ChokeResult result = world.step();
        String what = policy + " seed " + SEED + " run " + run + " round " + round;
        assertThat(result.unchoked()).as(what).doesNotHaveDuplicates();
        assertThat(result.unchoked()).as(what).allMatch(k -> before.get(k).interested());
        assertThat(result.unchoked()).as(what).noneMatch(k -> before.get(k).uploadOnly());
        long eligible = before.stream().filter(Standing::isEligible).count();
        assertThat(result.unchoked()).as(what).hasSize((int) Math.min(slots, eligible));
        if (result.optimistic().isPresent()) {
          assertThat(result.unchoked()).as(what).contains(result.optimistic().getAsInt());
        }
        if (count > 0) {
          shake(world.peers.get(random.nextInt(count)), random);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theOrderOfPeersMakesNoDifference(ChokePolicy policy) {
    Random random = new Random(SEED);
    for (int run = 0; run < 100; run++) {
      ChokeWorld world = new ChokeWorld(policy, 4, new FakeEntropy(1));
      for (int i = 0; i < 15; i++) {
        shake(world.add(), random);
      }
      List<Standing> peers = new ArrayList<>(world.standings());
      ChokeResult first = policy.decide(peers, 4, run, new FakeEntropy(run));
      Collections.shuffle(peers, random);
      assertThat(policy.decide(peers, 4, run, new FakeEntropy(run)))
          .as("seed %d run %d", SEED, run)
          .isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everybodyInterestedGetsATurn(ChokePolicy policy) {
    Random random = new Random(SEED);
    ChokeWorld world = new ChokeWorld(policy, 4, new FakeEntropy(SEED));
    for (int i = 0; i < 20; i++) {
      ChokeWorld.Peer peer = world.add();
      peer.down = random.nextInt(1_000_000);
      peer.up = 1 + random.nextInt(1_000_000);
      peer.permille = random.nextInt(1_000);
      peer.snubbed = i % 5 == 0;
    }
    for (int round = 0; round < 900; round++) {
      world.step();
    }
    assertThat(world.peers).as("seed %d", SEED).allMatch(p -> p.turns > 0);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void noSlotsNoPeersNothing(ChokePolicy policy) {
    ChokeWorld world = new ChokeWorld(policy, 0, new FakeEntropy(1));
    assertThat(world.step().unchoked()).isEmpty();
    world.add();
    assertThat(world.step()).isEqualTo(new ChokeResult(List.of(), java.util.OptionalInt.empty()));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void seedsGiveOneSlotToAnAddressWhileOthersWait(ChokePolicy policy) {
    if (policy instanceof TitForTat) {
      return;
    }
    ChokeWorld world = new ChokeWorld(policy, 5, new FakeEntropy(SEED));
    for (int i = 0; i < 30; i++) {
      ChokeWorld.Peer peer = world.add();
      peer.group = Math.max(i, 20);
      peer.up = i < 21 ? 1_000 : 1_000_000;
    }
    for (int round = 0; round < 60; round++) {
      HashSet<Long> groups = new HashSet<>();
      for (int key : world.step().unchoked()) {
        assertThat(groups.add(world.peers.get(key).group)).as("round %d", round).isTrue();
      }
    }
  }

  private static void shake(ChokeWorld.Peer peer, Random random) {
    peer.interested = random.nextInt(4) != 0;
    peer.fresh = random.nextBoolean();
    peer.snubbed = random.nextInt(4) == 0;
    peer.uploadOnly = random.nextInt(6) == 0;
    peer.down = random.nextInt(5) * 1_000L;
    peer.up = random.nextInt(5) * 1_000L;
    peer.permille = random.nextInt(1_001);
    peer.group = random.nextInt(6);
  }
}
