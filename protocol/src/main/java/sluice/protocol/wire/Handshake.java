package sluice.protocol.wire;

import sluice.protocol.digest.Hash;

/**
 * The first 68 bytes of a connection (BEP 3): protocol name, capabilities, info-hash, peer id.
 *
 * @param extensions BEP 10 is spoken
 * @param fast BEP 6 is spoken
 * @param dht a DHT node is running (BEP 5)
 * @param v2 a hybrid torrent's connection may be upgraded to v2 (BEP 52)
 * @param infoHash 20 bytes
 * @param peerId the sender's
 */
public record Handshake(
    boolean extensions, boolean fast, boolean dht, boolean v2, Hash infoHash, PeerId peerId) {
  public static final int BYTES = 68;
}
