package sluice.storage.file;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.engine.port.Block;
import sluice.protocol.metainfo.PieceLayout;

/** Blocks in a row, seen as one run of bytes. Belongs to one worker. */
final class BlockRun {
  private final ByteBuffer[] views;

  BlockRun(List<Block> blocks) {
    views = new ByteBuffer[blocks.size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = blocks.get(i).bytes();
    }
  }

  /** The first {@code length} bytes of block {@code index}. */
  ByteBuffer block(int index, int length) {
    return views[index].slice(0, length);
  }

  /** The bytes at {@code at} without copying, when they lie inside one block. */
  Optional<ByteBuffer> view(int at, int length) {
    int within = at % PieceLayout.BLOCK;
    return within + length <= PieceLayout.BLOCK
        ? Optional.of(views[at / PieceLayout.BLOCK].slice(within, length))
        : Optional.empty();
  }

  /** Fills the remaining room of {@code target} with the bytes at {@code at}. */
  void copyTo(int at, ByteBuffer target) {
    int from = at;
    while (target.hasRemaining()) {
      int within = from % PieceLayout.BLOCK;
      int count = Math.min(PieceLayout.BLOCK - within, target.remaining());
      target.put(target.position(), views[from / PieceLayout.BLOCK], within, count);
      target.position(target.position() + count);
      from += count;
    }
  }

  /** Puts the remaining bytes of {@code source} at the start of the run. */
  void copyFrom(ByteBuffer source) {
    for (ByteBuffer view : views) {
      int count = Math.min(PieceLayout.BLOCK, source.remaining());
      view.put(0, source, source.position(), count);
      source.position(source.position() + count);
    }
  }
}
