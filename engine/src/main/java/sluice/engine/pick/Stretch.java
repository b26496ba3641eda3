package sluice.engine.pick;

import java.util.List;

/**
 * Blocks that follow one another, asked of a source that reads on: a web seed.
 *
 * @param pieces at least one, consecutive; all but the first and the last are whole
 * @param firstBlock index in the first piece
 * @param endBlock index in the last piece of the block behind the stretch
 */
public record Stretch(List<OpenPiece> pieces, int firstBlock, int endBlock) {
  public Stretch {
    pieces = List.copyOf(pieces);
  }

  /** The first block of the piece at {@code index} of {@link #pieces}. */
  public int from(int index) {
    return index == 0 ? firstBlock : 0;
  }

  /** The block behind the last one of the piece at {@code index} of {@link #pieces}. */
  public int to(int index) {
    return index == pieces.size() - 1 ? endBlock : pieces.get(index).blocks();
  }
}
