package sluice.engine.peer;

import java.nio.ByteBuffer;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.wire.HolepunchMessage;
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

  /** A message of hole punching (BEP 55). */
  void onHolepunch(Peer peer, HolepunchMessage message);

  /** What the peer tells of itself by an extension of another module. */
  void onGreeting(Peer peer, String extension, BDictionary told);

  /** A message of another module's extension; {@code payload} is valid during the call. */
  void onOther(Peer peer, String extension, ByteBuffer payload);
}
