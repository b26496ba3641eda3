package sluice.engine.webseed;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.Picker;
import sluice.engine.pick.Stretch;
import sluice.engine.port.Block;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Puts the bytes of a stretch into blocks, in order. A block that has come otherwise takes its
 * bytes, but no memory. Loop only.
 */
final class Filler {
  private static final byte[] ZEROES = new byte[PieceLayout.BLOCK];

  private final PieceLayout layout;
  private final Picker picker;
  private final BlockBudget budget;
  private final Taker taker;
  private final Sender source;
  private final Stretch stretch;

  /** Index into the stretch's pieces, block in that piece, bytes in that block. */
  private int index;

  private int block;
  private int filled;

  private @Nullable Block memory;
  private @Nullable ByteBuffer view;
  private boolean skipping;

  Filler(
      PieceLayout layout,
      Picker picker,
      BlockBudget budget,
      Taker taker,
      Sender source,
      Stretch stretch) {
    this.layout = layout;
    this.picker = picker;
    this.budget = budget;
    this.taker = taker;
    this.source = source;
    this.stretch = stretch;
    this.block = stretch.firstBlock();
  }

  boolean isDone() {
    return index == stretch.pieces().size();
  }

  /** Where the next byte belongs in the torrent's byte space. Not when all is done. */
  long position() {
    return (long) piece().piece() * layout.pieceLength()
        + (long) block * PieceLayout.BLOCK
        + filled;
  }

  /** Takes bytes until there are none, or no memory, or all is done. */
  void fill(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !isDone() && isReady()) {
      int count = Math.min(bytes.remaining(), length() - filled);
      if (view != null) {
        view.put(filled, bytes, bytes.position(), count);
      }
      bytes.position(bytes.position() + count);
      filled += count;
      if (filled == length()) {
        endBlock();
      }
    }
  }

  /** Fills with zeroes up to {@code end} in the byte space; false if memory is short. */
  boolean zeroTo(long end) {
    while (!isDone() && position() < end) {
      long before = position();
      fill(ByteBuffer.wrap(ZEROES, 0, (int) Math.min(end - before, length() - filled)));
      if (!isDone() && position() == before) {
        return false;
      }
    }
    return true;
  }

  /** Whether a block that has not come is still to be filled. */
  boolean isWanted() {
    for (int i = index; i < stretch.pieces().size(); i++) {
      OpenPiece piece = stretch.pieces().get(i);
      if (picker.isOpen(piece)) {
        for (int b = i == index ? block : stretch.from(i); b < stretch.to(i); b++) {
          if (!piece.isReceived(b)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Gives up what has not come. */
  void release() {
    if (memory != null) {
      memory.release();
      memory = null;
      view = null;
    }
    for (int i = index; i < stretch.pieces().size(); i++) {
      for (int b = i == index ? block : stretch.from(i); b < stretch.to(i); b++) {
        picker.unask(stretch.pieces().get(i), b);
      }
    }
    index = stretch.pieces().size();
  }

  private OpenPiece piece() {
    return stretch.pieces().get(index);
  }

  private int length() {
    return layout.blockLength(piece().piece(), block);
  }

  private boolean isReady() {
    if (memory != null || skipping) {
      return true;
    }
    if (!picker.isOpen(piece()) || piece().isReceived(block)) {
      skipping = true;
      return true;
    }
    memory = budget.reserveReceive() ? budget.claimReceive() : null;
    view = memory == null ? null : memory.bytes();
    return memory != null;
  }

  private void endBlock() {
    OpenPiece of = piece();
    int done = block;
    Block full = memory;
    int bytes = filled;
    memory = null;
    view = null;
    skipping = false;
    filled = 0;
    if (++block == stretch.to(index)) {
      index++;
      block = 0;
    }
    if (full == null) {
      picker.unask(of, done);
      taker.onWebWaste(bytes);
    } else {
      taker.onWebBlock(source, of, done, full);
    }
  }
}
