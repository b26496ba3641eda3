package sluice.engine.sibling;

import java.util.List;
import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Block;
import sluice.protocol.address.Endpoint;

/** The torrent that gets blocks of its siblings. All calls are on the loop. */
public interface Borrower {
  /** A block was read of a sibling; the hold on {@code memory} passes to the borrower. */
  void onLent(Sender from, OpenPiece piece, int block, Block memory);

  /** Where peers of a sibling, of which neither is private, accept connections. */
  void onPeers(List<Endpoint> peers);

  /** There is no memory for the next block. */
  void onMemoryShort();
}
