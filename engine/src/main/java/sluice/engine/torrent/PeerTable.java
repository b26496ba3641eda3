package sluice.engine.torrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import sluice.engine.peer.Peer;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.PeerId;

/** The connected peers of a torrent, in the order in which they came. Loop only. */
final class PeerTable {
  private final Map<Integer, Entry> entries = new LinkedHashMap<>();
  private List<Peer> list = List.of();

  /**
   * A peer with what goes when it goes.
   *
   * @param listening where it accepts connections, if known: the key of the known peers
   */
  record Entry(Peer peer, Permit permit, Optional<Endpoint> listening) {}

  void add(Entry entry) {
    entries.put(entry.peer().key(), entry);
    list = entries.values().stream().map(Entry::peer).toList();
  }

  Optional<Entry> remove(Peer peer) {
    Optional<Entry> entry = Optional.ofNullable(entries.remove(peer.key()));
    list = entries.values().stream().map(Entry::peer).toList();
    return entry;
  }

  Optional<Entry> entry(Peer peer) {
    return Optional.ofNullable(entries.get(peer.key()));
  }

  /** The peer told where it accepts connections. */
  void listensAt(Peer peer, Endpoint listening) {
    entries.computeIfPresent(
        peer.key(), (key, entry) -> new Entry(peer, entry.permit(), Optional.of(listening)));
  }

  /** Where the peer accepts connections; from here on its entry does not say so. */
  Optional<Endpoint> takeListening(Peer peer) {
    Optional<Endpoint> listening = entry(peer).flatMap(Entry::listening);
    entries.computeIfPresent(
        peer.key(), (key, entry) -> new Entry(peer, entry.permit(), Optional.empty()));
    return listening;
  }

  /** Where peers accept connections, as far as that is known. */
  List<Endpoint> listening() {
    return entries.values().stream().flatMap(e -> e.listening().stream()).toList();
  }

  Optional<Peer> withId(PeerId id) {
    for (Peer peer : list) {
      if (peer.handshake().peerId().equals(id)) {
        return Optional.of(peer);
      }
    }
    return Optional.empty();
  }

  /** Closes the connections with some. */
  void close(Predicate<Peer> which) {
    list.stream().filter(which).forEach(Peer::close);
  }

  /** All peers; the list does not change. */
  List<Peer> all() {
    return list;
  }

  int size() {
    return list.size();
  }
}
