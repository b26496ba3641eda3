package sluice.storage.file;

import java.nio.ByteBuffer;
import java.util.List;
import sluice.engine.port.Block;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.PooledBlock;

/** Blocks in a row, seen as one run of bytes. The caller holds them. Belongs to one worker. */
final class BlockRun {
  private final List<Block> blocks;

  BlockRun(List<Block> blocks) {
    this.blocks = blocks;
  }

  /**
   * The bytes from {@code at} on, at most {@code length} and at least one: as many as lie one
   * behind the other in memory.
   */
  ByteBuffer view(int at, int length) {
    int first = at / PieceLayout.BLOCK;
    int within = at % PieceLayout.BLOCK;
    if (!(blocks.get(first) instanceof PooledBlock head)) {
      int count = Math.min(length, PieceLayout.BLOCK - within);
      return blocks.get(first).bytes().slice(within, count);
    }
    PooledBlock last = head;
    int blockCount = 1;
    while (blockCount * PieceLayout.BLOCK - within < length
        && last.touches(blocks.get(first + blockCount))) {
      last = (PooledBlock) blocks.get(first + blockCount);
      blockCount++;
    }
    int count = Math.min(length, blockCount * PieceLayout.BLOCK - within);
    return head.bytes(blockCount).slice(within, count);
  }

  /** Puts the remaining bytes of {@code source} at the start of the run. */
  void copyFrom(ByteBuffer source) {
    for (int done = 0; source.hasRemaining(); ) {
      ByteBuffer part = view(done, source.remaining());
      done += part.remaining();
      part.put(0, source, source.position(), part.remaining());
      source.position(source.position() + part.remaining());
    }
  }
}
