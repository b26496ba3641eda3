package sluice.engine.pick;

import sluice.engine.peer.Peer;
import sluice.protocol.wire.PieceSet;

/** The choice of the absent piece to begin for a peer, by a {@link PieceOrder}. Loop only. */
final class Beginnings {
  private final Candidates candidates;
  private final PieceSet have;
  private PieceOrder order;

  /** Begins with the rarest first. */
  Beginnings(Candidates candidates, PieceSet have) {
    this.candidates = candidates;
    this.have = have;
    order = new RarestFirst(have);
  }

  /** Chooses from first to last, or by rarity. */
  void sequential(boolean on) {
    order = on ? new Sequential() : new RarestFirst(have);
  }

  /** Whether the next piece is one that only seeds have. */
  boolean prefersUnique() {
    return order.isByRarity() && candidates.leastCount() == 0;
  }

  /** A piece to begin for {@code peer}, or -1; a search in vain is not repeated. */
  int next(Peer peer) {
    if (peer.foundNothing(candidates.additions())) {
      return -1;
    }
    int piece = order.choose(candidates, peer::mayRequest);
    if (piece < 0) {
      peer.findsNothing(candidates.additions());
      return -1;
    }
    return order.takesSuggestions() ? suggested(peer, piece) : piece;
  }

  /** A piece that the peer suggests (BEP 6), if it is as good as {@code piece}. */
  private int suggested(Peer peer, int piece) {
    for (int other : peer.suggestions()) {
      if (candidates.contains(other)
          && candidates.priority(other) == candidates.priority(piece)
          && candidates.count(other) == candidates.count(piece)
          && peer.mayRequest(other)) {
        return other;
      }
    }
    return piece;
  }
}
