package sluice.storage.pool;

import java.nio.ByteBuffer;
import sluice.protocol.metainfo.PieceLayout;

/** A stretch of direct memory, cut into blocks. Guarded by its pool, but for {@link #view}. */
final class Slab {
  static final int MAX_BLOCKS = Long.SIZE;

  /** No block. */
  static final int NONE = -1;

  private final ByteBuffer memory;
  private final PooledBlock[] blocks;

  /** A bit for each block that is in the pool. */
  private long free;

  Slab(SlabPool pool, int count) {
    memory = ByteBuffer.allocateDirect(count * PieceLayout.BLOCK);
    blocks = new PooledBlock[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = new PooledBlock(pool, this, i);
    }
    free = -1L >>> (MAX_BLOCKS - count);
  }

  int freeCount() {
    return Long.bitCount(free);
  }

  /** The first free block from {@code from} on, or {@link #NONE}. */
  int nextFree(int from) {
    long rest = from < MAX_BLOCKS ? free & (-1L << from) : 0;
    return rest == 0 ? NONE : Long.numberOfTrailingZeros(rest);
  }

  PooledBlock take(int index) {
    free &= ~(1L << index);
    blocks[index].taken();
    return blocks[index];
  }

  void giveBack(int index) {
    free |= 1L << index;
  }

  /** The memory of {@code count} blocks from {@code index} on. */
  ByteBuffer view(int index, int count) {
    return memory.slice(index * PieceLayout.BLOCK, count * PieceLayout.BLOCK);
  }
}
