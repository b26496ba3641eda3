package sluice.engine.peer;

import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;

/** Who sent a block, as it is remembered when the connection has gone. */
public sealed interface Sender {
  /** The peer at {@code endpoint}. */
  record Remote(Endpoint endpoint) implements Sender {}

  /** The web seed of the torrent at {@code url} (BEP 19). */
  record Web(String url) implements Sender {}

  /** Another torrent of the session that has the same content. */
  record Sibling(InfoHashes torrent) implements Sender {}

  /** An earlier run, which left the block on disk. */
  record Kept() implements Sender {}

  /** The sender that {@code peer} is. */
  static Sender of(Peer peer) {
    return new Remote(peer.endpoint());
  }
}
