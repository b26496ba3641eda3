package sluice.engine.peer;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;

/**
 * The extension protocol (BEP 10) as the session speaks it: what we tell, what peers told. Loop
 * only.
 */
public final class Extensions {
  private static final int HANDSHAKE = 0;
  private static final Map<String, Integer> NO_EXTENSIONS = Collections.emptyMap();

  private final String client;

  /** A speaker that calls itself {@code client}. */
  public Extensions(String client) {
    this.client = client;
  }

  /** Sends our handshake; {@code port} is where we accept connections, 0 for nowhere. */
  public void greet(Peer peer, int port, boolean uploadOnly) {
    send(
        peer,
        new ExtensionHandshake(
            NO_EXTENSIONS,
            Optional.of(client),
            port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
            OptionalInt.of(Uploads.MAX_QUEUED),
            Optional.of(peer.endpoint().address()),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            uploadOnly ? Optional.of(true) : Optional.empty(),
            OptionalInt.empty(),
            Optional.empty()));
  }

  /** Tells {@code peers} that we want nothing more (BEP 21). */
  public void uploadOnly(List<Peer> peers) {
    for (Peer peer : peers) {
      if (peer.handshake().extensions()) {
        send(
            peer,
            new ExtensionHandshake(
                NO_EXTENSIONS,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(true),
                OptionalInt.empty(),
                Optional.empty()));
      }
    }
  }

  /** Takes in a message; true if it changed the peer's {@link Capabilities}. */
  boolean onMessage(Peer peer, Message.Extended message) {
    if (message.id() != HANDSHAKE) {
      return false;
    }
    ExtensionHandshake told = ExtensionHandshakeCodec.decode(message.payload());
    Capabilities old = peer.capabilities();
    peer.capabilities(
        new Capabilities(
            told.client().or(old::client),
            told.port().isPresent() ? told.port() : old.listenPort(),
            told.requestQueue().orElse(old.requestLimit()),
            told.uploadOnly().orElse(old.uploadOnly())));
    return true;
  }

  private static void send(Peer peer, ExtensionHandshake handshake) {
    byte[] payload = ExtensionHandshakeCodec.encode(handshake);
    peer.outbox().send(new Message.Extended(HANDSHAKE, ByteBuffer.wrap(payload)));
  }
}
