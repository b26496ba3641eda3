package sluice.engine.sibling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.SharedPieces;

/** What one lender has of a torrent. Loop only. */
final class Source {
  private final Lender lender;
  private final PieceLayout layout;
  private List<SharedPieces.Run> runs;

  /** What the lender had when its pieces were looked through; -1 before the first time. */
  private int looked = -1;

  private int bad;

  /**
   * Where a piece is.
   *
   * @param origin its first byte in the byte space of the lender
   * @param blocks how many of its blocks the lender has, from the first on
   * @param isWhole whether these are all blocks
   */
  record Place(long origin, int blocks, boolean isWhole) {}

  Source(Lender lender, Info wanted) {
    this.lender = lender;
    this.layout = wanted.layout();
    this.runs = SharedPieces.of(lender.info(), wanted);
  }

  Lender lender() {
    return lender;
  }

  /** Whether it has nothing of the torrent and never will. */
  boolean isVain() {
    return runs.isEmpty();
  }

  /** Whether the lender has got more since this was asked last. */
  boolean hasMore() {
    boolean more = lender.count() != looked;
    looked = lender.count();
    return more;
  }

  /** Tells all pieces that the lender may have, in order. */
  void each(IntConsumer told) {
    for (SharedPieces.Run run : runs) {
      for (int piece = run.first(); piece < run.end(); piece++) {
        told.accept(piece);
      }
    }
  }

  /** Where the piece is, if the lender has it. */
  Optional<Place> place(int piece) {
    return SharedPieces.at(runs, piece).flatMap(run -> place(run, piece));
  }

  private Optional<Place> place(SharedPieces.Run run, int piece) {
    long at = (long) (piece - run.first()) * layout.pieceLength();
    int size = layout.pieceDataSize(piece);
    int there = (int) Math.min(size, run.bytes() - at);
    boolean whole = there == size;
    int blocks = whole ? layout.blockCount(piece) : there / PieceLayout.BLOCK;
    int bytes = whole ? size : blocks * PieceLayout.BLOCK;
    long origin = run.origin() + at;
    return blocks > 0 && lender.has(origin, bytes)
        ? Optional.of(new Place(origin, blocks, whole))
        : Optional.empty();
  }

  /** What is beside {@code piece} there cannot be read; false if that was known. */
  boolean lacks(int piece) {
    List<SharedPieces.Run> left = new ArrayList<>(runs);
    boolean lacked = !left.removeIf(run -> run.first() <= piece && piece < run.end());
    runs = List.copyOf(left);
    return !lacked;
  }

  /** One more piece from there was wrong; tells how many were. */
  int bad() {
    return ++bad;
  }

  /** Pieces from there that were wrong. */
  int badPieces() {
    return bad;
  }
}
