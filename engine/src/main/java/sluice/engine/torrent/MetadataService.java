package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.engine.peer.Extension;
import sluice.engine.peer.Peer;
import sluice.protocol.metainfo.Info;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;
import sluice.protocol.wire.MetadataCodec;
import sluice.protocol.wire.MetadataMessage;

/**
 * Gives the info dictionary to peers that ask for it (BEP 9), of private torrents, too: whoever
 * knows the hash may have it. Requests wait for the upload limits and for room in the outbox; a
 * peer gets {@link #MAX_COPIES} copies at the most. Every request is answered once. Loop only.
 */
final class MetadataService {
  /** How often a peer may fetch each piece, on average. */
  private static final int MAX_COPIES = 3;

  /** Requests of one peer that wait. */
  private static final int MAX_WAITING = 64;

  private final Info info;
  private final int size;

  /** Peers that have asked; left when they go. */
  private final Map<Integer, Asker> askers = new HashMap<>();

  /** A peer that asks. */
  private static final class Asker {
    final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    int taken;
  }

  MetadataService(Info info) {
    this.info = info;
    this.size = info.rawView().remaining();
  }

  /** Bytes of the info dictionary, to be told in the extension handshake. */
  int size() {
    return size;
  }

  /** A message of {@code peer}. */
  void onMessage(Peer peer, MetadataMessage message) {
    switch (message) {
      case MetadataMessage.Request(int piece) -> request(peer, piece);
      case MetadataMessage.Data d -> {}
      case MetadataMessage.Reject r -> {}
      case MetadataMessage.Unknown u -> {}
    }
  }

  private void request(Peer peer, int piece) {
    Asker asker = askers.computeIfAbsent(peer.key(), key -> new Asker());
    int pieces = MetadataMessage.pieces(size);
    boolean refused =
        piece >= pieces
            || asker.taken >= MAX_COPIES * pieces
            || asker.waiting.size() >= MAX_WAITING;
    if (refused) {
      send(peer, new MetadataMessage.Reject(piece));
    } else {
      asker.taken++;
      asker.waiting.add(piece);
      pump(peer);
    }
  }

  /** Goes on with answers that waited. */
  void pump(Peer peer) {
    Asker asker = askers.get(peer.key());
    while (asker != null
        && !asker.waiting.isEmpty()
        && peer.outbox().hasRoom()
        && peer.uploadAllowance() > 0) {
      send(peer, data(asker.waiting.remove()));
    }
  }

  /** The peer went. */
  void onClosed(Peer peer) {
    askers.remove(peer.key());
  }

  private MetadataMessage data(int piece) {
    int from = piece * MetadataMessage.PIECE;
    ByteBuffer bytes = info.rawView().slice(from, MetadataMessage.length(size, piece));
    return new MetadataMessage.Data(piece, OptionalInt.of(size), bytes);
  }

  private static void send(Peer peer, MetadataMessage message) {
    Optional<Integer> id = peer.capabilities().id(Extension.METADATA);
    if (id.isPresent()) {
      Message extended = new Message.Extended(id.get(), MetadataCodec.encode(message));
      if (message instanceof MetadataMessage.Data) {
        peer.spendUpload(MessageWriter.size(extended));
      }
      peer.outbox().send(extended);
    }
  }
}
