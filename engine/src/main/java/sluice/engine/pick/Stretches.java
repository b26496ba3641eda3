package sluice.engine.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import sluice.engine.peer.Sender;

/** The choice of blocks for sources that like to read on, such as web seeds. Loop only. */
public final class Stretches {
  private final Picker picker;

  /** Chooses among the pieces of {@code picker}. */
  public Stretches(Picker picker) {
    this.picker = picker;
  }

  /**
   * Blocks for {@code source}; they count as asked. The first of these that there is: the front of
   * the longest gap of absent pieces, as a gap can be read on while rare pieces are soon fetched
   * from peers; free blocks of an open piece; in the endgame, blocks that peers were asked for.
   *
   * @param may whether the source has the piece and is not asked for it
   * @param alone it is to fetch whole pieces that nobody else fetches
   */
  public Optional<Stretch> next(Sender source, IntPredicate may, int maxPieces, boolean alone) {
    Gap gap = Gap.longest(picker, may);
    if (gap.length() > 0) {
      List<OpenPiece> opened = new ArrayList<>();
      for (int i = 0; i < Math.min(gap.length(), maxPieces); i++) {
        opened.add(picker.open(gap.first() + i, alone ? source : null));
      }
      return Optional.of(picker.asked(new Stretch(opened, 0, opened.getLast().blocks())));
    }
    for (OpenPiece piece : picker.hungry()) {
      if (may.test(piece.piece()) && !piece.isExclusive()) {
        return run(piece, piece::isFree).map(picker::asked);
      }
    }
    return alone || !picker.isEndgame() ? Optional.empty() : last(may);
  }

  private Optional<Stretch> last(IntPredicate may) {
    for (OpenPiece piece : picker.openPieces()) {
      if (may.test(piece.piece()) && !piece.isExclusive()) {
        Optional<Stretch> found = run(piece, b -> isShared(piece, b));
        if (found.isPresent()) {
          return found.map(picker::asked);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isShared(OpenPiece piece, int block) {
    int asked = piece.asked(block);
    return asked > 0 && asked < Endgame.COPIES && !piece.isReceived(block);
  }

  /** The first run of blocks of {@code piece} that {@code fits} accepts. */
  private static Optional<Stretch> run(OpenPiece piece, IntPredicate fits) {
    int from = 0;
    while (from < piece.blocks() && !fits.test(from)) {
      from++;
    }
    int to = from;
    while (to < piece.blocks() && fits.test(to)) {
      to++;
    }
    return from == to ? Optional.empty() : Optional.of(new Stretch(List.of(piece), from, to));
  }
}
