package sluice.engine.torrent;

import java.util.Optional;
import java.util.OptionalInt;
import sluice.engine.peer.Peer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.Message;

/**
 * What we say first to a peer: which pieces we have (BEP 3, 6) and who we are (BEP 10); a torrent
 * whose peers may be told of tells of our node of the DHT, too.
 */
record Introduction(
    Services services, Holdings holdings, MetadataService metadata, boolean exchange, Talks talks) {

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
                  .greeting(
                      peer.endpoint().address(),
                      port,
                      uploadOnly,
                      size,
                      exchange,
                      talks.greeting(peer)));
    }
    node(services, peer.handshake(), peer.endpoint(), exchange)
        .ifPresent(message -> peer.outbox().send(message));
  }

  /** Where our node of the DHT is, for a peer that has one, too (BEP 5). */
  static Optional<Message> node(Services services, Handshake theirs, Endpoint peer, boolean open) {
    int port = theirs.dht() && open ? services.dht().port(peer.isIpv6()) : 0;
    return port == 0 ? Optional.empty() : Optional.of(new Message.Port(port));
  }
}
