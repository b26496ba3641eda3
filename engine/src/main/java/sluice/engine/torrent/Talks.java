package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sluice.engine.peer.Extensions;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerExtension;
import sluice.engine.peer.PeerTalk;
import sluice.engine.peer.Sender;
import sluice.engine.peer.SlotSeller;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;

/** The extensions of other modules that are spoken in one torrent, mostly none. Loop only. */
final class Talks {
  private final SortedMap<String, PeerTalk> talks = new TreeMap<>();

  Talks(Extensions extensions, Info torrent) {
    for (PeerExtension extension : extensions.others()) {
      extension.join(torrent).ifPresent(talk -> talks.put(extension.name(), talk));
    }
  }

  /** What we tell {@code peer}, by the names of the extensions. */
  SortedMap<String, BDictionary> greeting(Peer peer) {
    if (talks.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, BDictionary> told = new TreeMap<>();
    talks.forEach((name, talk) -> told.put(name, talk.greeting(peer)));
    return told;
  }

  /** Who sells slots of the torrent: the first that does. */
  Optional<SlotSeller> seller() {
    return talks.values().stream().flatMap(talk -> talk.seller().stream()).findFirst();
  }

  void onGreeting(Peer peer, String extension, BDictionary told) {
    @Nullable PeerTalk talk = talks.get(extension);
    if (talk != null) {
      talk.onGreeting(peer, told);
    }
  }

  void onMessage(Peer peer, String extension, ByteBuffer payload) {
    @Nullable PeerTalk talk = talks.get(extension);
    if (talk != null) {
      talk.onMessage(peer, payload);
    }
  }

  void sent(Peer peer, int bytes) {
    for (PeerTalk talk : talks.values()) {
      talk.onSent(peer, bytes);
    }
  }

  /** A block has come; {@code taken} if it was asked for until it began. */
  void block(Peer peer, int piece, int begin, int length, boolean taken) {
    if (talks.isEmpty()) {
      return;
    }
    int block = begin / PieceLayout.BLOCK;
    boolean asked = taken || peer.requests().takeLapsed(piece, block);
    for (PeerTalk talk : talks.values()) {
      talk.onBlock(peer, piece, begin, length, asked);
    }
  }

  void checked(Peer peer, int piece, int length, boolean good) {
    talks.values().forEach(talk -> talk.onChecked(peer, piece, length, good));
  }

  void piece(int piece, boolean good, List<Sender> senders) {
    for (PeerTalk talk : talks.values()) {
      talk.onPiece(piece, good, senders);
    }
  }

  boolean isEmpty() {
    return talks.isEmpty();
  }

  boolean needs(Peer peer) {
    return !talks.isEmpty() && talks.values().stream().anyMatch(talk -> talk.needs(peer));
  }

  boolean wantsWholePieces(Peer peer) {
    return !talks.isEmpty()
        && talks.values().stream().anyMatch(talk -> talk.wantsWholePieces(peer));
  }

  void closed(Peer peer) {
    talks.values().forEach(talk -> talk.onClosed(peer));
  }

  void tick(long now) {
    talks.values().forEach(talk -> talk.tick(now));
  }

  void end() {
    talks.values().forEach(PeerTalk::end);
  }
}
