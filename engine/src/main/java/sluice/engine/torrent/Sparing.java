package sluice.engine.torrent;

import java.util.ArrayList;
import java.util.List;
import sluice.engine.peer.Arrival;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Requests;
import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.Picker;
import sluice.engine.port.Loop;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Spares seeds what others can give: when a peer that is no seed gets a piece that a seed was asked
 * for and has not come to, the seed is asked for a piece instead that nobody else has. So a seed
 * with a narrow line sends each piece little more than once. Loop only.
 */
final class Sparing {
  /** What a seed will send in this time is on its way: a cancel would come too late. */
  private static final double HORIZON_SECONDS = 0.15;

  private static final int MIN_HORIZON_BLOCKS = 2;

  private final Loop loop;
  private final Picker picker;
  private final Demand demand;

  Sparing(Loop loop, Picker picker, Demand demand) {
    this.loop = loop;
    this.picker = picker;
    this.demand = demand;
  }

  /** One of {@code peers} has got {@code piece}. */
  void got(int piece, List<Peer> peers) {
    if (!isPremature(piece)) {
      return;
    }
    List<Peer> asked = new ArrayList<>();
    for (Peer peer : peers) {
      switch (part(peer, piece)) {
        case NONE -> {}
        case QUEUED -> asked.add(peer);
        case ON_ITS_WAY -> {
          return;
        }
      }
    }
    asked.forEach(peer -> demand.drop(peer, p -> p == piece));
    asked.forEach(demand::fill);
  }

  /** Whether nothing of the piece has come, and pieces that only seeds have are to come first. */
  private boolean isPremature(int piece) {
    OpenPiece open = picker.openPiece(piece);
    return open != null
        && open.isUnanswered()
        && picker.due(piece).isEmpty()
        && picker.availability(piece) > 0
        && picker.prefersUnique();
  }

  /** What a peer has to do with a piece. */
  private enum Part {
    NONE,
    QUEUED,
    ON_ITS_WAY
  }

  private Part part(Peer peer, int piece) {
    Arrival arrival = peer.arrival();
    if (arrival != null && arrival.request().piece() == piece) {
      return Part.ON_ITS_WAY;
    }
    List<Requests.Open> open = peer.requests().all();
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).piece() == piece) {
        return peer.isSeed() && i >= horizon(peer) ? Part.QUEUED : Part.ON_ITS_WAY;
      }
    }
    return Part.NONE;
  }

  /** Blocks that {@code peer} sends before it hears of a cancel. */
  private int horizon(Peer peer) {
    double rate = peer.down().rate(loop.now());
    return MIN_HORIZON_BLOCKS + (int) (rate * HORIZON_SECONDS / PieceLayout.BLOCK);
  }
}
