package sluice.engine.peer;

import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexMessage;

/**
 * The torrent, as the extensions of one of its peers see it (BEP 10). All calls are on the loop.
 */
public interface ExtensionListener {
  /** The peer's extension handshake changed what we know of it (BEP 10, 21). */
  void onCapabilities(Peer peer);

  /** A message of the metadata exchange (BEP 9). */
  void onMetadata(Peer peer, MetadataMessage message);

  /** A message of the peer exchange (BEP 11). */
  void onPeerExchange(Peer peer, PexMessage message);
}
