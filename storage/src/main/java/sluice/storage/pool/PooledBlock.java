package sluice.storage.pool;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.engine.port.Block;

/** A block of a {@link SlabPool}. It is in the pool exactly while it has no holds. Any thread. */
final class PooledBlock implements Block {
  private final SlabPool pool;
  private final ByteBuffer memory;
  private final AtomicInteger holds = new AtomicInteger();

  PooledBlock(SlabPool pool, ByteBuffer memory) {
    this.pool = pool;
    this.memory = memory;
  }

  void taken() {
    holds.set(1);
  }

  @Override
  public ByteBuffer bytes() {
    requireHeld(holds.get());
    return memory.duplicate();
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
    int held;
    do {
      held = holds.get();
      requireHeld(held);
    } while (!holds.compareAndSet(held, held - 1));
    if (held == 1) {
      pool.giveBack(this);
    }
  }

  private static void requireHeld(int held) {
    if (held <= 0) {
      throw new IllegalStateException("the block was released already");
    }
  }
}
