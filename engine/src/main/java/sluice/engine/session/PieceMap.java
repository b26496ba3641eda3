package sluice.engine.session;

import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.Picker;
import sluice.engine.torrent.Torrent;
import sluice.protocol.wire.PieceSet;

/**
 * The pieces of a torrent at one moment.
 *
 * @param have those that are verified and written
 * @param open those that are being fetched
 * @param copies at how many connected peers each of them is
 */
@SuppressWarnings("ArrayRecordComponent") // made for one look and never compared
public record PieceMap(PieceSet have, PieceSet open, int[] copies) {
  private static final double PERMILLE = 1_000;

  static PieceMap of(Torrent run) {
    Picker picker = run.picker();
    PieceSet open = new PieceSet(picker.have().size());
    for (OpenPiece piece : picker.openPieces()) {
      open.set(piece.piece());
    }
    int[] copies = new int[open.size()];
    for (int piece = 0; piece < copies.length; piece++) {
      copies[piece] = picker.availability(piece);
    }
    return new PieceMap(picker.have().copy(), open, copies);
  }

  /**
   * How many whole copies of the pieces {@code first} to {@code last} the connected peers have
   * together; its fraction tells which part of the pieces has one more.
   */
  public double copies(int first, int last) {
    int end = Math.min(last + 1, copies.length);
    int least = Integer.MAX_VALUE;
    for (int piece = first; piece < end; piece++) {
      least = Math.min(least, copies[piece]);
    }
    int more = 0;
    for (int piece = first; piece < end; piece++) {
      more += copies[piece] > least ? 1 : 0;
    }
    return first >= end ? 0 : least + Math.floor(PERMILLE * more / (end - first)) / PERMILLE;
  }
}
