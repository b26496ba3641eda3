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
 */
public record PieceMap(PieceSet have, PieceSet open) {
  static PieceMap of(Torrent run) {
    Picker picker = run.picker();
    PieceSet open = new PieceSet(picker.have().size());
    for (OpenPiece piece : picker.openPieces()) {
      open.set(piece.piece());
    }
    return new PieceMap(picker.have().copy(), open);
  }
}
