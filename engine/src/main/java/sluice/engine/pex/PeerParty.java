package sluice.engine.pex;

import java.util.Optional;
import java.util.function.BiPredicate;
import sluice.engine.peer.Extension;
import sluice.engine.peer.Peer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.HolepunchCodec;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.Message;

/**
 * A peer of a torrent whose metadata are known.
 *
 * @param present tells where it listens
 * @param friends whether a peer has said that it is connected with somebody
 */
public record PeerParty(
    Peer peer, PeerExchange.Present present, BiPredicate<Peer, Endpoint> friends) implements Party {
  @Override
  public int key() {
    return peer.key();
  }

  @Override
  public Endpoint endpoint() {
    return peer.endpoint();
  }

  @Override
  public Optional<Endpoint> found() {
    return PeerExchange.found(peer, present);
  }

  @Override
  public boolean speaks() {
    return Meetings.speaks(peer);
  }

  @Override
  public boolean knows(Endpoint whom) {
    return friends.test(peer, whom);
  }

  @Override
  public void send(HolepunchMessage message) {
    peer.capabilities()
        .id(Extension.HOLEPUNCH)
        .ifPresent(
            id -> peer.outbox().send(new Message.Extended(id, HolepunchCodec.encode(message))));
  }
}
