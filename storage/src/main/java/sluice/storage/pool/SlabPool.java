package sluice.storage.pool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;
import sluice.protocol.metainfo.PieceLayout;

/**
 * The block pool of direct memory. It grows slab by slab when blocks are wanted, up to its budget,
 * and hands out the block that was returned last, which is likely to be in the cache. Any thread.
 *
 * <p>Invariant: {@code made == taken + freeCount} and {@code made <= capacity}.
 */
public final class SlabPool implements BlockPool {
  /** The usual budget. */
  public static final long DEFAULT_BYTES = 64L << 20;

  private static final int SLAB_BLOCKS = 64;

  private final PooledBlock[] free;
  private int freeCount;
  private int made;

  /** A pool of as many blocks as {@code budgetBytes} holds, at least one. */
  public SlabPool(long budgetBytes) {
    long blocks = budgetBytes / PieceLayout.BLOCK;
    if (blocks < 1 || blocks > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException("block budget out of range: " + budgetBytes + " bytes");
    }
    free = new PooledBlock[(int) blocks];
  }

  @Override
  public synchronized @Nullable Block take() {
    if (freeCount == 0 && !grow()) {
      return null;
    }
    PooledBlock block = free[--freeCount];
    block.taken();
    return block;
  }

  @Override
  public int capacity() {
    return free.length;
  }

  @Override
  public synchronized int available() {
    return free.length - made + freeCount;
  }

  synchronized void giveBack(PooledBlock block) {
    free[freeCount++] = block;
  }

  private boolean grow() {
    int count = Math.min(SLAB_BLOCKS, free.length - made);
    if (count == 0) {
      return false;
    }
    ByteBuffer slab = ByteBuffer.allocateDirect(count * PieceLayout.BLOCK);
    for (int i = count - 1; i >= 0; i--) {
      ByteBuffer memory = slab.slice(i * PieceLayout.BLOCK, PieceLayout.BLOCK);
      free[freeCount++] = new PooledBlock(this, memory);
    }
    made += count;
    return true;
  }
}
