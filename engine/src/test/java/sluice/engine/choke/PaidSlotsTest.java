package sluice.engine.choke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;

class PaidSlotsTest {
  private static final PaidSlots HALF = new PaidSlots(new TitForTat(), 1, 500);

  private static ChokeWorld world(ChokePolicy policy, int slots) {
    ChokeWorld world = new ChokeWorld(policy, slots, new FakeEntropy(7));
    for (int i = 0; i < 12; i++) {
      world.add().down = 1_000 * i;
    }
    return world;
  }

  @Test
  void theFreeShareAtLeastOneAndTheOptimisticSlotAreNotSold() {
    assertThat(HALF.forSale(0)).isZero();
    assertThat(HALF.forSale(1)).isZero();
    assertThat(HALF.forSale(2)).isZero();
    assertThat(HALF.forSale(3)).isEqualTo(1);
    assertThat(HALF.forSale(5)).isEqualTo(2);
    assertThat(HALF.forSale(6)).isEqualTo(2);
    assertThat(new PaidSlots(new TitForTat(), 0, 250).forSale(8)).isEqualTo(6);
    assertThat(new PaidSlots(new TitForTat(), 0, 1_000).forSale(8)).isZero();
    assertThatThrownBy(() -> new PaidSlots(new TitForTat(), 1, 249))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thoseWhoPayMostHaveTheSoldSlotsWhateverTheyGive() {
    ChokeWorld world = world(HALF, 5);
    world.peers.get(0).weight = 10;
    world.peers.get(1).weight = 30;
    world.peers.get(2).weight = 20;
    for (int round = 0; round < 30; round++) {
      ChokeResult result = world.step();
      assertThat(result.unchoked()).hasSize(5).startsWith(1, 2, 11, 10).doesNotHaveDuplicates();
      assertThat(result.optimistic()).hasValue(result.unchoked().get(4));
    }
  }

  @Test
  void whoLosesTheAuctionIsAPeerLikeOthers() {
    ChokeWorld world = world(HALF, 3);
    world.peers.get(11).weight = 1;
    world.peers.get(3).weight = 2;
    assertThat(world.step().unchoked()).startsWith(3, 11).hasSize(3);
  }

  @Test
  void whoPaysAndWantsNothingGetsNothing() {
    ChokeWorld world = world(HALF, 5);
    world.peers.get(1).weight = 30;
    world.peers.get(1).interested = false;
    for (int round = 0; round < 30; round++) {
      assertThat(world.step().unchoked()).doesNotContain(1).hasSize(5);
    }
  }

  @Test
  void withoutPayersItIsTheFreePolicy() {
    ChokeWorld paid = world(HALF, 5);
    ChokeWorld free = world(new TitForTat(), 5);
    for (int round = 0; round < 100; round++) {
      assertThat(paid.step()).isEqualTo(free.step());
    }
  }

  @Test
  void unsoldSlotsAreGivenAway() {
    ChokeWorld world = world(new PaidSlots(new TitForTat(), 1, 250), 9);
    world.peers.get(4).weight = 1;
    List<Integer> unchoked = world.step().unchoked();
    assertThat(unchoked).hasSize(9).startsWith(4, 11, 10, 9);
  }
}
