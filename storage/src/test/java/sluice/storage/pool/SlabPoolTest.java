package sluice.storage.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Block;
import sluice.protocol.metainfo.PieceLayout;

class SlabPoolTest {
  @Test
  void givesTheWholeBudgetAndNoMore() {
    SlabPool pool = new SlabPool(100L * PieceLayout.BLOCK + 5);
    assertThat(pool.capacity()).isEqualTo(100);
    List<Block> taken = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      assertThat(pool.available()).isEqualTo(100 - i);
      taken.add(pool.take());
    }
    assertThat(pool.take()).isNull();
    taken.forEach(Block::release);
    assertThat(pool.available()).isEqualTo(100);
  }

  @Test
  void blocksDoNotOverlap() {
    SlabPool pool = new SlabPool(130L * PieceLayout.BLOCK);
    List<Block> taken = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      Block block = pool.take();
      for (int at = 0; at < PieceLayout.BLOCK; at += 4) {
        block.bytes().putInt(at, i);
      }
      taken.add(block);
    }
    for (int i = 0; i < 130; i++) {
      assertThat(taken.get(i).bytes().remaining()).isEqualTo(PieceLayout.BLOCK);
      assertThat(taken.get(i).bytes().getInt(0)).isEqualTo(i);
      assertThat(taken.get(i).bytes().getInt(PieceLayout.BLOCK - 4)).isEqualTo(i);
    }
  }

  @Test
  void blocksTakenInARowLieInARow() {
    SlabPool pool = new SlabPool(SlabPool.DEFAULT_BYTES);
    for (int round = 0; round < 3; round++) {
      List<PooledBlock> taken = take(pool, 64);
      for (int i = 0; i < 63; i++) {
        assertThat(taken.get(i).touches(taken.get(i + 1))).isTrue();
        assertThat(taken.get(i + 1).touches(taken.get(i))).isFalse();
      }
      Collections.shuffle(taken, new Random(round));
      taken.forEach(Block::release);
    }
  }

  @Test
  void aSlabWithMoreFreeBlocksGoesFirst() {
    SlabPool pool = new SlabPool(3L * 64 * PieceLayout.BLOCK);
    List<PooledBlock> all = take(pool, 3 * 64);
    all.get(1).release();
    all.subList(64, 128).forEach(Block::release);
    assertThat(take(pool, 64)).isEqualTo(all.subList(64, 128));
    assertThat(pool.take()).isSameAs(all.get(1));
    assertThat(pool.take()).isNull();
  }

  @Test
  void theLastBlockOfASlabTouchesNothing() {
    SlabPool pool = new SlabPool(2L * 64 * PieceLayout.BLOCK);
    List<PooledBlock> all = take(pool, 128);
    assertThat(all.get(63).touches(all.get(64))).isFalse();
    assertThat(all.get(62).bytes(2).capacity()).isEqualTo(2 * PieceLayout.BLOCK);
  }

  private static List<PooledBlock> take(SlabPool pool, int count) {
    List<PooledBlock> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add((PooledBlock) pool.take());
    }
    return taken;
  }

  @Test
  void holdsAreCounted() {
    SlabPool pool = new SlabPool(PieceLayout.BLOCK);
    Block block = pool.take();
    block.retain();
    block.release();
    assertThat(pool.available()).isZero();
    block.release();
    assertThat(pool.available()).isEqualTo(1);
    assertThatThrownBy(block::release).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(block::retain).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(block::bytes).isInstanceOf(IllegalStateException.class);
    assertThat(pool.available()).isEqualTo(1);
  }

  @Test
  void manyThreadsNeverHoldTheSameBlock() throws Exception {
    SlabPool pool = new SlabPool(6L * PieceLayout.BLOCK);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int mark = t + 1;
        Callable<Integer> job = () -> takeMarkAndRelease(pool, mark);
        results.add(threads.submit(job));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isZero();
      }
    }
    assertThat(pool.available()).isEqualTo(6);
  }

  private static int takeMarkAndRelease(SlabPool pool, int mark) {
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      Block block = pool.take();
      if (block != null) {
        block.bytes().putInt(0, mark);
        block.retain();
        block.release();
        wrong += block.bytes().getInt(0) == mark ? 0 : 1;
        block.release();
      }
    }
    return wrong;
  }
}
