package sluice.engine.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.engine.peer.Arrival;
import sluice.engine.peer.Peer;
import sluice.engine.port.Entropy;

/**
 * The choice of a block when no wanted block is free: one that another was asked for, at random. A
 * snubbed peer takes no part, as it would take the place of one that answers. Loop only.
 */
final class Endgame {
  /** Most open requests of a peer that takes part. */
  private static final int WINDOW = 8;

  /** Most peers that one block is asked of. */
  static final int COPIES = 2;

  private Endgame() {}

  /** A block of {@code open} to ask {@code peer} for; it counts as asked. */
  static Optional<Pick> next(Peer peer, Iterable<OpenPiece> open, Entropy entropy) {
    if (peer.snubbed() || peer.requests().size() >= WINDOW) {
      return Optional.empty();
    }
    List<OpenPiece> pieces = new ArrayList<>();
    List<Pick> choices = new ArrayList<>();
    for (OpenPiece piece : open) {
      if (piece.isExclusive() || piece.isPaused() || !peer.mayRequest(piece.piece())) {
        continue;
      }
      for (int b = 0; b < piece.blocks(); b++) {
        boolean shared = piece.asked(b) > 0 && piece.asked(b) < COPIES;
        if (shared && !piece.isReceived(b) && !isAsked(peer, piece.piece(), b)) {
          pieces.add(piece);
          choices.add(new Pick(piece.piece(), b));
        }
      }
    }
    if (choices.isEmpty()) {
      return Optional.empty();
    }
    int chosen = entropy.nextInt(choices.size());
    Pick pick = choices.get(chosen);
    pieces.get(chosen).ask(pick.block(), peer);
    return Optional.of(pick);
  }

  /** Whether {@code peer} was asked for the block, which may be arriving. */
  static boolean isAsked(Peer peer, int piece, int block) {
    Arrival arrival = peer.arrival();
    return peer.requests().contains(piece, block)
        || (arrival != null
            && arrival.request().piece() == piece
            && arrival.request().block() == block);
  }
}
