package sluice.engine.torrent;

import java.util.OptionalInt;
import sluice.engine.peer.Peer;

/** What we say first to a peer: which pieces we have (BEP 3, 6) and who we are (BEP 10). */
record Introduction(
    Services services, Holdings holdings, MetadataService metadata, boolean exchange) {

  /** To a peer that has heard nothing but our handshake. */
  void first(Peer peer, boolean uploadOnly) {
    holdings.greet(peer);
    extensions(peer, uploadOnly);
  }

  /** To a peer that was told that we have nothing: bitfields come first or not at all. */
  void again(Peer peer, boolean uploadOnly) {
    holdings.greetAgain(peer);
    extensions(peer, uploadOnly);
  }

  private void extensions(Peer peer, boolean uploadOnly) {
    if (peer.handshake().extensions()) {
      int port = services.port().getAsInt();
      OptionalInt size = OptionalInt.of(metadata.size());
      peer.outbox()
          .send(
              services
                  .extensions()
                  .greeting(peer.endpoint().address(), port, uploadOnly, size, exchange));
    }
  }
}
