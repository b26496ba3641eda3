package sluice.storage.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;
import sluice.protocol.metainfo.PieceLayout;

/**
 * The block pool of direct memory. It grows slab by slab when blocks are wanted, up to its budget.
 * Any thread.
 *
 * <p>Blocks that are taken one after the other mostly lie one behind the other, so that pieces are
 * hashed and written in long runs: a slab is used from its begin to its end, then the one with the
 * most free blocks is next, the first of several, which keeps the memory in use small.
 *
 * <p>Invariant: {@code freeCount} is the sum over the slabs and {@code made <= capacity}.
 */
public final class SlabPool implements BlockPool {
  /** The usual budget. */
  public static final long DEFAULT_BYTES = 64L << 20;

  private final int capacity;
  private final List<Slab> slabs = new ArrayList<>();
  private @Nullable Slab current;
  private int cursor;
  private int freeCount;
  private int made;

  /** A pool of as many blocks as {@code budgetBytes} holds, at least one. */
  public SlabPool(long budgetBytes) {
    long blocks = budgetBytes / PieceLayout.BLOCK;
    if (blocks < 1 || blocks > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException("block budget out of range: " + budgetBytes + " bytes");
    }
    capacity = (int) blocks;
  }

  @Override
  public synchronized @Nullable Block take() {
    Slab slab = current;
    int index = slab == null ? Slab.NONE : slab.nextFree(cursor);
    if (slab == null || index == Slab.NONE) {
      slab = freeCount == 0 ? grow() : freest();
      if (slab == null) {
        return null;
      }
      current = slab;
      index = slab.nextFree(0);
    }
    cursor = index + 1;
    freeCount--;
    return slab.take(index);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public synchronized int available() {
    return capacity - made + freeCount;
  }

  synchronized void giveBack(PooledBlock block) {
    block.free();
    freeCount++;
  }

  synchronized void giveBack(List<PooledBlock> blocks) {
    blocks.forEach(PooledBlock::free);
    freeCount += blocks.size();
  }

  private Slab freest() {
    Slab best = slabs.getFirst();
    for (Slab slab : slabs) {
      if (slab.freeCount() > best.freeCount()) {
        best = slab;
      }
    }
    return best;
  }

  private @Nullable Slab grow() {
    int count = Math.min(Slab.MAX_BLOCKS, capacity - made);
    if (count == 0) {
      return null;
    }
    Slab slab = new Slab(this, count);
    slabs.add(slab);
    made += count;
    freeCount += count;
    return slab;
  }
}
