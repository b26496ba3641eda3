package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import sluice.engine.peer.Peer;
import sluice.engine.pick.Picker;
import sluice.protocol.wire.Message;

/** What we say first to a peer: which pieces we have (BEP 3, 6) and who we are (BEP 10). */
record Introduction(Services services, Picker picker, MetadataService metadata) {

  /** To a peer that has heard nothing but our handshake. */
  void first(Peer peer, boolean uploadOnly) {
    var have = picker.have();
    if (peer.handshake().fast() && (have.isFull() || have.isEmpty())) {
      peer.outbox().send(have.isFull() ? new Message.HaveAll() : new Message.HaveNone());
    } else if (!have.isEmpty()) {
      peer.outbox().send(new Message.Bitfield(ByteBuffer.wrap(have.toWire())));
    }
    extensions(peer, uploadOnly);
  }

  /** To a peer that was told that we have nothing: bitfields come first or not at all. */
  void again(Peer peer, boolean uploadOnly) {
    var have = picker.have();
    for (int i = have.nextSet(0); i >= 0; i = have.nextSet(i + 1)) {
      peer.outbox().send(new Message.Have(i));
    }
    extensions(peer, uploadOnly);
  }

  private void extensions(Peer peer, boolean uploadOnly) {
    if (peer.handshake().extensions()) {
      int port = services.port().getAsInt();
      OptionalInt size = OptionalInt.of(metadata.size());
      peer.outbox()
          .send(services.extensions().greeting(peer.endpoint().address(), port, uploadOnly, size));
    }
  }
}
