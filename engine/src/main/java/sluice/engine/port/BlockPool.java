package sluice.engine.port;

import org.jspecify.annotations.Nullable;

/**
 * The one budget of block memory, for receiving, hashing, writing and sending together. It is never
 * exceeded. Any thread.
 */
public interface BlockPool {
  /** A block with one hold, or null when the budget is used up. */
  @Nullable Block take();

  /** Blocks of the budget. */
  int capacity();

  /** Blocks that can be taken now. */
  int available();
}
