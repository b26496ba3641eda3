package sluice.engine.peer;

import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;

/**
 * Promises of block memory, made before bytes are asked for: a request to a peer and a read of the
 * disk each reserve what they will need. Loop only.
 *
 * <p>Invariant: the pool has at least {@code receiving + reading} free blocks, because only the
 * loop starts what takes blocks. An eighth of the pool is never promised to receiving, so that
 * uploads go on while downloads wait for the disk.
 *
 * <p>What waits to be sent to a peer that takes nothing cannot be taken back. So the {@link #share}
 * of each shrinks with the square of what is free, to one block at the least: who comes later finds
 * memory, whoever came before (after Choudhury and Hahne, "Dynamic queue length thresholds for
 * shared-memory packet switches", 1998).
 */
public final class BlockBudget {
  private static final int UPLOAD_SHARE = 8;

  /** One peer may hold one of so many parts of a free pool. */
  private static final int SHARES = 64;

  /** The pool is nearly used up when less than one of so many parts is free. */
  private static final int RESERVE = 32;

  private final BlockPool pool;
  private final int uploadFloor;
  private int receiving;
  private int reading;

  /** A budget over the whole of {@code pool}. */
  public BlockBudget(BlockPool pool) {
    this.pool = pool;
    this.uploadFloor = pool.capacity() / UPLOAD_SHARE;
  }

  /** Promises one block to a request; false when memory is short. */
  public boolean reserveReceive() {
    if (free() <= uploadFloor) {
      return false;
    }
    receiving++;
    return true;
  }

  /** Withdraws a promise of {@link #reserveReceive}. */
  public void cancelReceive() {
    receiving--;
    assert receiving >= 0;
  }

  /** Turns a promise of {@link #reserveReceive} into a block. */
  public @Nullable Block claimReceive() {
    receiving--;
    assert receiving >= 0;
    return pool.take();
  }

  /** Promises {@code blocks} to a read; false when memory is short. */
  public boolean reserveRead(int blocks) {
    if (free() < blocks) {
      return false;
    }
    reading += blocks;
    return true;
  }

  /** Ends the promise of {@link #reserveRead}: the read has completed. */
  public void endRead(int blocks) {
    reading -= blocks;
    assert reading >= 0;
  }

  /** A block beyond all promises, for a moment; null if there is none. */
  public @Nullable Block takeSpare() {
    return free() > 0 ? pool.take() : null;
  }

  /** Whether so little is left that unverified blocks should leave memory. */
  public boolean isShort() {
    return free() <= uploadFloor;
  }

  /** Blocks that may be read for, or wait for, one peer that they are sent to. */
  public int share() {
    long free = free();
    return Math.max(1, (int) (free * free / ((long) SHARES * pool.capacity())));
  }

  /** Whether so little is left that who holds memory for nothing must give it back. */
  public boolean isNearlyUsedUp() {
    return free() < pool.capacity() / RESERVE;
  }

  /** Promises to requests that are open. */
  public int receiving() {
    return receiving;
  }

  private int free() {
    return pool.available() - receiving - reading;
  }
}
