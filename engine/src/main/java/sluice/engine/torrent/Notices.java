package sluice.engine.torrent;

import java.util.Map;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;

/** What a swarm tells that changes nothing for its torrent. Loop only. */
record Notices(Torrent torrent, TorrentEvents events) {
  /** A peer was banned. */
  void banned(Endpoint peer, String reason) {
    events.onBanned(torrent, peer, reason);
  }

  /** The last piece layer that was missing is complete. */
  void layers(Map<Hash, PieceLayer> layers) {
    events.onLayers(torrent, layers);
  }

  /** A web seed cannot give what it should; {@code dropped} if it is not asked again. */
  void webSeed(String url, String message, boolean dropped) {
    events.onWebSeed(torrent, url, message, dropped);
  }
}
