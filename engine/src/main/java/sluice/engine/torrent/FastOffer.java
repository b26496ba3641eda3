package sluice.engine.torrent;

import sluice.engine.peer.Peer;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.AllowedFast;
import sluice.protocol.wire.PieceSet;

/** Lets a peer that has little get its first pieces without waiting for a slot (BEP 6). */
final class FastOffer {
  private static final int PIECES = 10;

  private FastOffer() {}

  /** Offers {@code peer} what it is to get of the pieces that we {@code have}. */
  static void to(Peer peer, PieceLayout layout, PieceSet have) {
    if (peer.handshake().fast() && peer.pieces().count() < PIECES) {
      int[] set =
          AllowedFast.pieces(
              peer.handshake().infoHash(), peer.endpoint().address(), layout.pieceCount(), PIECES);
      for (int piece : set) {
        if (have.get(piece) && !peer.pieces().get(piece)) {
          peer.offerFast(piece);
        }
      }
    }
  }
}
