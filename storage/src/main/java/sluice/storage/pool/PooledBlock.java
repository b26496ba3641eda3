package sluice.storage.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.engine.port.Block;

/** A block of a {@link SlabPool}. It is in the pool exactly while it has no holds. Any thread. */
public final class PooledBlock implements Block {
  private final SlabPool pool;
  private final Slab slab;
  private final int index;
  private final AtomicInteger holds = new AtomicInteger();

  PooledBlock(SlabPool pool, Slab slab, int index) {
    this.pool = pool;
    this.slab = slab;
    this.index = index;
  }

  void taken() {
    holds.set(1);
  }

  @Override
  public ByteBuffer bytes() {
    return bytes(1);
  }

  /** Whether the memory of {@code next} begins where that of this block ends. */
  public boolean touches(Block next) {
    return next instanceof PooledBlock other && other.slab == slab && other.index == index + 1;
  }

  /**
   * A view of this block and the {@code count - 1} behind it, each of which the caller holds and
   * {@link #touches} the next.
   */
  public ByteBuffer bytes(int count) {
    requireHeld(holds.get());
    return slab.view(index, count);
  }

  @Override
  public void retain() {
    int held;
    do {
      held = holds.get();
      requireHeld(held);
    } while (!holds.compareAndSet(held, held + 1));
  }

  @Override
  public void release() {
    if (drop()) {
      pool.giveBack(this);
    }
  }

  /** Releases all of {@code blocks} in one visit to their pool. */
  public static void release(List<Block> blocks) {
    List<PooledBlock> free = new ArrayList<>(blocks.size());
    for (Block block : blocks) {
      if (!(block instanceof PooledBlock pooled)) {
        block.release();
      } else if (pooled.drop()) {
        free.add(pooled);
      }
    }
    if (!free.isEmpty()) {
      free.getFirst().pool.giveBack(free);
    }
  }

  /** Gives back a hold; true if it was the last. */
  private boolean drop() {
    int held;
    do {
      held = holds.get();
      requireHeld(held);
    } while (!holds.compareAndSet(held, held - 1));
    return held == 1;
  }

  /** Marks the memory as free; called by the pool. */
  void free() {
    slab.giveBack(index);
  }

  private static void requireHeld(int held) {
    if (held <= 0) {
      throw new IllegalStateException("the block was released already");
    }
  }
}
