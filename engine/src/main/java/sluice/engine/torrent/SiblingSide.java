package sluice.engine.torrent;

import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Block;
import sluice.engine.sibling.Borrower;
import sluice.engine.sibling.Siblings;

/** The way of blocks of siblings into the swarm. Loop only. */
record SiblingSide(Intake intake) implements Borrower {
  /** The siblings of the torrent that {@code parts} are of: none. */
  Siblings siblings(SwarmParts parts) {
    return new Siblings(
        new Siblings.Parts(
            parts.services().loop(),
            parts.info(),
            parts.storage(),
            parts.picker(),
            parts.services().blocks(),
            this));
  }

  @Override
  public void onLent(Sender from, OpenPiece piece, int block, Block memory) {
    intake.lend(from, piece, block, memory);
  }

  @Override
  public void onMemoryShort() {
    intake.relieve();
  }
}
