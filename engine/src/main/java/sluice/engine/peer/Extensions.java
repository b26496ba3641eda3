package sluice.engine.peer;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.HolepunchCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MetadataCodec;
import sluice.protocol.wire.PexCodec;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/**
 * The extension protocol (BEP 10) as the session speaks it: what we tell, what peers told. Loop
 * only.
 */
public final class Extensions {
  private static final int HANDSHAKE = 0;

  /** Instead of the id of an extension: it is not taken. */
  private static final int NONE = 0;

  /** What we speak. */
  private final Map<String, Integer> ours;

  /** The same in private torrents (BEP 27), to peers which may have heard the other. */
  private final Map<String, Integer> inPrivate;

  /** The id of messages of the first other module's extension. */
  private static final int FIRST_OTHER = 16;

  private final String client;
  private final Consumer<Endpoint> nodes;
  private final List<PeerExtension> others;

  /** A speaker that calls itself {@code client}; nothing if that is empty. */
  public Extensions(String client) {
    this(client, node -> {}, List.of(), true);
  }

  /**
   * A speaker that calls itself {@code client}.
   *
   * @param nodes hears of the nodes of the DHT that peers have (BEP 5)
   * @param others extensions of other modules
   * @param meets whether we connect by uTP, so that others can be let meet us (BEP 55)
   */
  public Extensions(
      String client, Consumer<Endpoint> nodes, List<PeerExtension> others, boolean meets) {
    this.client = client;
    this.nodes = nodes;
    this.others = List.copyOf(others);
    this.ours = ids(meets ? List.of() : List.of(Extension.HOLEPUNCH), false);
    this.inPrivate = ids(List.of(Extension.PEX, Extension.HOLEPUNCH), true);
  }

  /** The extensions of other modules. */
  public List<PeerExtension> others() {
    return others;
  }

  /** A peer has said at which port its node of the DHT is. */
  void onPort(Peer peer, int port) {
    if (port != 0) {
      nodes.accept(new Endpoint(peer.endpoint().address(), port));
    }
  }

  private static Map<String, Integer> ids(List<Extension> without, boolean say) {
    Map<String, Integer> ids = new TreeMap<>();
    for (Extension extension : Extension.values()) {
      if (!without.contains(extension)) {
        ids.put(extension.wireName(), extension.id());
      } else if (say) {
        ids.put(extension.wireName(), NONE);
      }
    }
    return Collections.unmodifiableMap(ids);
  }

  /**
   * Our handshake for a peer at {@code receiver}.
   *
   * @param port where we accept connections, 0 for nowhere
   * @param metadataSize bytes of the info dictionary if we have it
   * @param exchange whether peers may be exchanged
   */
  public Message.Extended greeting(
      InetAddress receiver,
      int port,
      boolean uploadOnly,
      OptionalInt metadataSize,
      boolean exchange) {
    return greeting(
        receiver, port, uploadOnly, metadataSize, exchange, Collections.emptySortedMap());
  }

  /**
   * The same with what other modules' extensions tell.
   *
   * @param told by their names
   */
  public Message.Extended greeting(
      InetAddress receiver,
      int port,
      boolean uploadOnly,
      OptionalInt metadataSize,
      boolean exchange,
      SortedMap<String, BDictionary> told) {
    Map<String, Integer> ids = new TreeMap<>(exchange ? ours : inPrivate);
    for (int i = 0; i < others.size(); i++) {
      if (told.containsKey(others.get(i).name())) {
        ids.put(others.get(i).name(), FIRST_OTHER + i);
      }
    }
    ExtensionHandshake.Draft draft =
        new ExtensionHandshake.Draft()
            .ids(ids)
            .client(client)
            .port(port)
            .requestQueue(Uploads.MAX_QUEUED)
            .yourIp(receiver)
            .metadataSize(metadataSize);
    return message((uploadOnly ? draft.uploadOnly(true) : draft).handshake(), told);
  }

  /** Tells {@code peers} whether we want nothing more (BEP 21). */
  public void uploadOnly(List<Peer> peers, boolean is) {
    for (Peer peer : peers) {
      if (peer.handshake().extensions()) {
        ExtensionHandshake told = new ExtensionHandshake.Draft().uploadOnly(is).handshake();
        peer.outbox().send(message(told, Collections.emptySortedMap()));
      }
    }
  }

  /** Tells a peer that speaks another module's extension what has changed of it. */
  public static void tell(Peer peer, String name, BDictionary told) {
    if (peer.capabilities().ids().containsKey(name) && !peer.isClosed()) {
      ExtensionHandshake nothing = new ExtensionHandshake.Draft().handshake();
      SortedMap<String, BDictionary> one = new TreeMap<>(Collections.singletonMap(name, told));
      peer.outbox().send(message(nothing, one));
    }
  }

  private static void onDontHave(Peer peer, ByteBuffer payload) {
    int piece = payload.remaining() == Integer.BYTES ? payload.getInt(payload.position()) : -1;
    if (piece < 0 || piece >= peer.pieces().size()) {
      throw new ProtocolException(Violation.BAD_EXTENSION_MESSAGE, "lt_donthave");
    }
    boolean wasSeed = peer.isSeed();
    if (peer.hasNot(piece)) {
      peer.listener().onDontHave(peer, piece, wasSeed);
    }
  }

  /** Takes in a message of {@code peer} and tells its listener. */
  void onMessage(Peer peer, Message.Extended message) {
    if (message.id() == HANDSHAKE) {
      handshake(peer, ExtensionHandshakeCodec.decode(message.payload()));
      greetings(peer, message.payload());
    } else if (message.id() == Extension.METADATA.id()) {
      peer.listener().extended().onMetadata(peer, MetadataCodec.decode(message.payload()));
    } else if (message.id() == Extension.PEX.id()) {
      peer.listener().extended().onPeerExchange(peer, PexCodec.decode(message.payload()));
    } else if (message.id() == Extension.HOLEPUNCH.id()) {
      HolepunchCodec.decode(message.payload())
          .ifPresent(told -> peer.listener().extended().onHolepunch(peer, told));
    } else if (message.id() == Extension.DONT_HAVE.id()) {
      onDontHave(peer, message.payload());
    } else if (message.id() >= FIRST_OTHER && message.id() < FIRST_OTHER + others.size()) {
      String name = others.get(message.id() - FIRST_OTHER).name();
      peer.listener().extended().onOther(peer, name, message.payload());
    }
  }

  /** What the peer tells of extensions of other modules. */
  private void greetings(Peer peer, ByteBuffer payload) {
    for (PeerExtension other : others) {
      if (peer.capabilities().ids().containsKey(other.name())) {
        ExtensionHandshakeCodec.told(payload, other.name())
            .ifPresent(told -> peer.listener().extended().onGreeting(peer, other.name(), told));
      }
    }
  }

  /** Sends a message of another module's extension; nothing to a peer that does not speak it. */
  public static void send(Peer peer, String name, byte[] payload) {
    Integer id = peer.capabilities().ids().get(name);
    if (id != null && !peer.isClosed()) {
      peer.outbox().send(new Message.Extended(id, ByteBuffer.wrap(payload)));
    }
  }

  /**
   * Tells {@code peer} that we have {@code piece} no longer (BEP 54), and refuses what it asked for
   * of it. A peer to which neither can be said is left: when it comes back it is told the truth.
   */
  public static void lost(Peer peer, int piece) {
    peer.uploads().clear(other -> other != piece).forEach(peer::reject);
    if (peer.capabilities().ids().containsKey(Extension.DONT_HAVE.wireName())) {
      byte[] payload = ByteBuffer.allocate(Integer.BYTES).putInt(piece).array();
      send(peer, Extension.DONT_HAVE.wireName(), payload);
    } else if (!peer.handshake().fast()) {
      peer.close();
    }
  }

  private static void handshake(Peer peer, ExtensionHandshake told) {
    Capabilities old = peer.capabilities();
    peer.capabilities(
        new Capabilities(
            told.idsAfter(old.ids()),
            told.client().or(old::client),
            told.port().isPresent() ? told.port() : old.listenPort(),
            told.requestQueue().orElse(old.requestLimit()),
            told.uploadOnly().orElse(old.uploadOnly()),
            told.yourIp().or(old::sees)));
    peer.listener().extended().onCapabilities(peer);
  }

  private static Message.Extended message(
      ExtensionHandshake handshake, SortedMap<String, BDictionary> told) {
    byte[] payload = ExtensionHandshakeCodec.encode(handshake, told);
    return new Message.Extended(HANDSHAKE, ByteBuffer.wrap(payload));
  }
}
