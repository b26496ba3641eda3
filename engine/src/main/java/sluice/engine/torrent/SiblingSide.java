package sluice.engine.torrent;

import java.util.List;
import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Block;
import sluice.engine.sibling.Borrower;
import sluice.engine.sibling.Siblings;
import sluice.engine.swarm.Source;
import sluice.protocol.address.Endpoint;

/** The way of blocks and peers of siblings into the swarm. Loop only. */
record SiblingSide(Intake intake, PeerTable peers, SwarmParts parts) implements Borrower {
  /** Addresses that make peers of siblings needless: most of these have not got the torrent. */
  private static final int ENOUGH_KNOWN = 10;

  /** Most peers of a sibling that are tried at a time. */
  private static final int MAX_PEERS = 10;

  /** The siblings of the torrent: none. */
  Siblings siblings() {
    return new Siblings(
        new Siblings.Parts(
            parts.services().loop(),
            parts.info(),
            parts.storage(),
            parts.picker(),
            parts.services().blocks(),
            peers::listening,
            this));
  }

  @Override
  public void onLent(Sender from, OpenPiece piece, int block, Block memory) {
    intake.lend(from, piece, block, memory);
  }

  @Override
  public void onPeers(List<Endpoint> theirs) {
    if (parts.known().size() < ENOUGH_KNOWN) {
      theirs.stream().limit(MAX_PEERS).forEach(e -> parts.known().offer(e, Source.SIBLING));
    }
  }

  @Override
  public void onMemoryShort() {
    intake.relieve();
  }
}
