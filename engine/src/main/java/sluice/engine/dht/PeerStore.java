package sluice.engine.dht;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.port.Entropy;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.AddressBloom;
import sluice.protocol.krpc.DhtReply;

/** The peers that others have announced to us, for a while. Loop only. */
final class PeerStore {
  /** Most torrents; the one that was announced to the longest ago goes first. */
  static final int MAX_TORRENTS = 2_000;

  /** Most peers of one torrent; the one that was announced the longest ago goes first. */
  static final int MAX_PEERS = 500;

  /** Most peers of one torrent with one address. */
  static final int MAX_PORTS = 4;

  /** A peer that is not announced again is forgotten after this. */
  static final long EXPIRY_NANOS = 45 * 60_000_000_000L;

  private final Entropy entropy;

  /** In the order of their last announce, as are the peers of each. */
  private final Map<Hash, Map<Endpoint, Listed>> torrents = new LinkedHashMap<>();

  private record Listed(boolean seed, long sinceNanos) {}

  PeerStore(Entropy entropy) {
    this.entropy = entropy;
  }

  int torrents() {
    return torrents.size();
  }

  /** Lists a peer. */
  void add(Hash torrent, Endpoint peer, boolean seed, long now) {
    Map<Endpoint, Listed> peers = torrents.remove(torrent);
    if (peers == null) {
      peers = new LinkedHashMap<>(4);
      evict(torrents, MAX_TORRENTS);
    }
    torrents.put(torrent, peers);
    peers.remove(peer);
    InetAddress address = peer.address();
    List<Endpoint> ports =
        peers.keySet().stream().filter(e -> e.address().equals(address)).toList();
    if (ports.size() >= MAX_PORTS) {
      peers.remove(ports.getFirst());
    }
    evict(peers, MAX_PEERS);
    peers.put(peer, new Listed(seed, now));
  }

  /** Up to {@code most} peers of one family, by chance. */
  List<Endpoint> some(Hash torrent, boolean ipv6, boolean noSeed, int most, long now) {
    Map<Endpoint, Listed> peers = torrents.get(torrent);
    List<Endpoint> fitting = new ArrayList<>();
    if (peers != null) {
      peers.forEach((peer, listed) -> {
        if (peer.isIpv6() == ipv6 && !(noSeed && listed.seed) && isFresh(listed, now)) {
          fitting.add(peer);
        }
      });
    }
    for (int i = 0; i < fitting.size() - 1 && i < most; i++) {
      int j = i + entropy.nextInt(fitting.size() - i);
      Endpoint chosen = fitting.get(j);
      fitting.set(j, fitting.get(i));
      fitting.set(i, chosen);
    }
    return List.copyOf(fitting.subList(0, Math.min(most, fitting.size())));
  }

  /** How many peers a torrent has, if any are known (BEP 33). */
  Optional<DhtReply.Scrape> scrape(Hash torrent, long now) {
    Map<Endpoint, Listed> peers = torrents.get(torrent);
    if (peers == null) {
      return Optional.empty();
    }
    DhtReply.Scrape scrape = new DhtReply.Scrape(AddressBloom.empty(), AddressBloom.empty());
    peers.forEach((peer, listed) -> {
      if (isFresh(listed, now)) {
        (listed.seed ? scrape.seeds() : scrape.peers()).add(peer.address());
      }
    });
    return Optional.of(scrape);
  }

  /** Up to {@code most} info-hashes, by chance (BEP 51). */
  List<Hash> sample(int most) {
    List<Hash> all = new ArrayList<>(torrents.keySet());
    int count = Math.min(most, all.size());
    for (int i = 0; i < count; i++) {
      int j = i + entropy.nextInt(all.size() - i);
      Hash chosen = all.get(j);
      all.set(j, all.get(i));
      all.set(i, chosen);
    }
    return List.copyOf(all.subList(0, count));
  }

  /** Forgets who was not announced again. */
  void expire(long now) {
    torrents
        .values()
        .removeIf(peers -> {
          peers.values().removeIf(listed -> !isFresh(listed, now));
          return peers.isEmpty();
        });
  }

  private static boolean isFresh(Listed listed, long now) {
    return now - listed.sinceNanos < EXPIRY_NANOS;
  }

  private static <K, V> void evict(Map<K, V> map, int most) {
    if (map.size() >= most) {
      Iterator<K> oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
