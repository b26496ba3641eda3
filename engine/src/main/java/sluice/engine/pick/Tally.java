package sluice.engine.pick;

import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;

/** Which pieces are there, and how much is there and missing. Loop only. */
final class Tally {
  private final PieceLayout layout;
  private final PieceSet have;
  private int missing;
  private long haveBytes;
  private long missingBytes;

  /** Every piece is missing. */
  Tally(PieceLayout layout) {
    this.layout = layout;
    have = new PieceSet(layout.pieceCount());
    missing = layout.pieceCount();
    missingBytes = layout.dataLength();
  }

  PieceSet have() {
    return have;
  }

  /** Data bytes of pieces that are there. */
  long haveBytes() {
    return haveBytes;
  }

  /** Data bytes of pieces that are wanted and not there. */
  long missingBytes() {
    return missingBytes;
  }

  /** Whether every wanted piece is there. */
  boolean isComplete() {
    return missing == 0;
  }

  /** A piece is there. */
  void got(int piece) {
    have.set(piece);
    haveBytes += layout.pieceDataBytes(piece);
  }

  /** A piece is there no longer. */
  void lost(int piece) {
    have.clear(piece);
    haveBytes -= layout.pieceDataBytes(piece);
  }

  /** A piece became missing, that is wanted and not there, or ceased to be. */
  void missing(int piece, boolean is) {
    missing += is ? 1 : -1;
    missingBytes += is ? layout.pieceDataBytes(piece) : -layout.pieceDataBytes(piece);
  }
}
