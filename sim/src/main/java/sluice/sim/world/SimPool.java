package sluice.sim.world;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;

/**
 * Block memory on the heap, counted. A released block is overwritten, so that reading it shows, and
 * releasing or viewing it again throws.
 */
public final class SimPool implements BlockPool {
  private static final int BLOCK_BYTES = 16_384;
  private static final byte POISON = (byte) 0xdb;

  private final int capacity;
  private final ArrayDeque<byte[]> free = new ArrayDeque<>();
  private int taken;
  private int mostTaken;

  /** A pool of {@code capacity} blocks. */
  public SimPool(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public @Nullable Block take() {
    if (taken == capacity) {
      return null;
    }
    taken++;
    mostTaken = Math.max(mostTaken, taken);
    byte[] memory = free.pollLast();
    return new HeapBlock(memory == null ? new byte[BLOCK_BYTES] : memory);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int available() {
    return capacity - taken;
  }

  /** The most blocks that were out at a time. */
  public int mostTaken() {
    return mostTaken;
  }

  private final class HeapBlock implements Block {
    private final byte[] memory;
    private int holds = 1;

    HeapBlock(byte[] memory) {
      this.memory = memory;
    }

    @Override
    public ByteBuffer bytes() {
      checkHeld();
      return ByteBuffer.wrap(memory);
    }

    @Override
    public void retain() {
      checkHeld();
      holds++;
    }

    @Override
    public void release() {
      checkHeld();
      if (--holds == 0) {
        Arrays.fill(memory, POISON);
        free.addLast(memory);
        taken--;
      }
    }

    private void checkHeld() {
      if (holds == 0) {
        throw new IllegalStateException("the block was released");
      }
    }
  }
}
