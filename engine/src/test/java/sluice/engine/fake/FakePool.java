package sluice.engine.fake;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;
import sluice.protocol.metainfo.PieceLayout;

/** A pool that notices a block that is released once too often. */
public final class FakePool implements BlockPool {
  private final int capacity;
  private int taken;

  public FakePool(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public @Nullable Block take() {
    if (taken == capacity) {
      return null;
    }
    taken++;
    return new FakeBlock();
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int available() {
    return capacity - taken;
  }

  private final class FakeBlock implements Block {
    private final byte[] memory = new byte[PieceLayout.BLOCK];
    private int holds = 1;

    @Override
    public ByteBuffer bytes() {
      requireHeld();
      return ByteBuffer.wrap(memory);
    }

    @Override
    public void retain() {
      requireHeld();
      holds++;
    }

    @Override
    public void release() {
      requireHeld();
      if (--holds == 0) {
        taken--;
      }
    }

    private void requireHeld() {
      if (holds == 0) {
        throw new IllegalStateException("the block was released already");
      }
    }
  }
}
