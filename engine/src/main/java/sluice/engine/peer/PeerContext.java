package sluice.engine.peer;

import sluice.engine.count.SessionCounts;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.rate.Quota;
import sluice.protocol.metainfo.PieceLayout;

/**
 * What the peers of a torrent share, and the limits of one of them.
 *
 * @param loop the owner
 * @param layout of the torrent
 * @param storage of the torrent
 * @param budget of the session
 * @param flushes of the session
 * @param counts of the session
 * @param down limits what is received
 * @param up limits what is sent
 */
public record PeerContext(
    Loop loop,
    PieceLayout layout,
    Storage storage,
    BlockBudget budget,
    FlushQueue flushes,
    SessionCounts counts,
    Quota down,
    Quota up) {

  /** The same for a peer with limits of its own. */
  public PeerContext limited(Quota peerDown, Quota peerUp) {
    return new PeerContext(loop, layout, storage, budget, flushes, counts, peerDown, peerUp);
  }
}
