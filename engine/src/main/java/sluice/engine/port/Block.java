package sluice.engine.port;

import java.nio.ByteBuffer;

/**
 * 16 KiB of memory from a {@link BlockPool}, counted by holds. The taker has one hold; every hold
 * is released exactly once, on any thread. The content is written by one thread before it is handed
 * on.
 */
public interface Block {
  /** A view of the whole block with position 0 and limit 16,384, independent of other views. */
  ByteBuffer bytes();

  /** Adds a hold. */
  void retain();

  /** Gives back a hold; the last one returns the block to its pool. */
  void release();
}
