package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.fake.FakePool;
import sluice.engine.port.Block;

class BlockBudgetTest {
  @Test
  void leavesAnEighthToUploads() {
    BlockBudget budget = new BlockBudget(new FakePool(64));
    int received = 0;
    while (budget.reserveReceive()) {
      received++;
    }
    assertThat(received).isEqualTo(56);
    assertThat(budget.isShort()).isTrue();
    assertThat(budget.reserveRead(9)).isFalse();
    assertThat(budget.reserveRead(8)).isTrue();
    assertThat(budget.reserveRead(1)).isFalse();
    budget.endRead(8);
    budget.cancelReceive();
    assertThat(budget.isShort()).isFalse();
    assertThat(budget.receiving()).isEqualTo(55);
  }

  /** Each takes its share and gives nothing back. */
  @Test
  void manySharesLeaveOneToTheNext() {
    BlockBudget budget = new BlockBudget(new FakePool(4_096));
    assertThat(budget.share()).isEqualTo(64);
    int peers = 0;
    while (budget.reserveRead(budget.share())) {
      peers++;
      assertThat(budget.share()).isLessThanOrEqualTo(64);
    }
    assertThat(peers).isBetween(900, 1_100);
  }

  @Test
  void tellsWhenNearlyNothingIsLeft() {
    BlockBudget budget = new BlockBudget(new FakePool(64));
    assertThat(budget.reserveRead(62)).isTrue();
    assertThat(budget.isNearlyUsedUp()).isFalse();
    assertThat(budget.reserveRead(1)).isTrue();
    assertThat(budget.isNearlyUsedUp()).isTrue();
  }

  /** Whatever is promised and kept in whatever order, a promise can always be kept. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void keepsEveryPromise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FakePool pool = new FakePool(40);
    BlockBudget budget = new BlockBudget(pool);
    ArrayDeque<Block> held = new ArrayDeque<>();
    ArrayDeque<Integer> reads = new ArrayDeque<>();
    for (int step = 0; step < 5_000; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> budget.reserveReceive();
        case 2 -> {
          if (budget.receiving() > 0) {
            Block block = budget.claimReceive();
            assertThat(block).as("seed %d step %d", seed, step).isNotNull();
            held.add(block);
          }
        }
        case 3 -> {
          if (!held.isEmpty()) {
            held.remove().release();
          }
        }
        case 4 -> {
          int blocks = 1 + random.nextInt(4);
          if (budget.reserveRead(blocks)) {
            reads.add(blocks);
          }
        }
        default -> {
          if (!reads.isEmpty()) {
            int blocks = reads.remove();
            for (int i = 0; i < blocks; i++) {
              Block block = pool.take();
              assertThat(block).as("seed %d step %d", seed, step).isNotNull();
              held.add(block);
            }
            budget.endRead(blocks);
          }
        }
      }
    }
  }
}
