package sluice.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.engine.port.Block;

/** Blocks of direct memory that complain when a hold is released twice and count those in use. */
final class CountedPool {
  static final int BLOCK_BYTES = 16 * 1024;

  private final ConcurrentLinkedDeque<ByteBuffer> spare = new ConcurrentLinkedDeque<>();
  private final AtomicInteger inUse = new AtomicInteger();

  /** A block with one hold. */
  Counted take() {
    inUse.incrementAndGet();
    ByteBuffer memory = spare.pollLast();
    return new Counted(memory == null ? ByteBuffer.allocateDirect(BLOCK_BYTES) : memory);
  }

  /** Blocks with holds. */
  int inUse() {
    return inUse.get();
  }

  /** A block of memory that no other block in use has. */
  final class Counted implements Block {
    private final ByteBuffer memory;
    private final AtomicInteger holds = new AtomicInteger(1);

    private Counted(ByteBuffer memory) {
      this.memory = memory;
    }

    @Override
    public ByteBuffer bytes() {
      return memory.duplicate();
    }

    @Override
    public void retain() {
      holds.incrementAndGet();
    }

    @Override
    public void release() {
      int left = holds.decrementAndGet();
      if (left < 0) {
        throw new IllegalStateException("released too often");
      }
      if (left == 0) {
        spare.addLast(memory);
        inUse.decrementAndGet();
      }
    }
  }
}
