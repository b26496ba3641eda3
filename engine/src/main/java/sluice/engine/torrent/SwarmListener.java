package sluice.engine.torrent;

import java.util.Map;
import sluice.engine.port.Fault;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;

/** What a torrent hears of its swarm. On the loop. */
interface SwarmListener {
  /** The piece is right and written. */
  void onWritten(int piece);

  /** The last wanted piece is there. */
  void onComplete();

  /** Something is wanted again. */
  void onReopened();

  /** The disk failed, or a bug showed. */
  void onFault(Fault fault);

  /** A peer was banned. */
  void onBanned(Endpoint peer, String reason);

  /** The last piece layer that was missing is complete. */
  void onLayers(Map<Hash, PieceLayer> layers);

  /** A web seed cannot give what it should; {@code dropped} if it is not asked again. */
  void onWebSeed(String url, String message, boolean dropped);
}
