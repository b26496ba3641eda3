package sluice.engine.swarm;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.engine.crypt.Approach;
import sluice.engine.swarm.KnownPeer.State;
import sluice.protocol.address.Endpoint;

/**
 * The addresses of a torrent's swarm and when to dial them. Each is idle, being dialled or
 * connected, so that none is dialled twice; failures push the next try back from 30 seconds to 30
 * minutes, or from 1 to 64 seconds for a peer that the user named. When full, a better address
 * pushes out the worst idle one. Thread: the torrent's loop.
 */
public final class KnownPeers {
  /** Default for the most addresses kept. */
  public static final int DEFAULT_CAPACITY = 2_000;

  /** Most ports kept of one address from open sources, so that they cannot aim us at a victim. */
  static final int MAX_OPEN_PORTS_PER_ADDRESS = 4;

  /** Most banned addresses; the oldest ban ends first. */
  static final int MAX_BANNED = 4_096;

  /** Most of our own endpoints. */
  static final int MAX_OWN = 64;

  private static final Comparator<KnownPeer> BEST =
      Comparator.<KnownPeer>comparingInt(p -> p.failures)
          .thenComparing(p -> p.source)
          .thenComparingLong(p -> p.turn);

  private final int capacity;

  /** In order of arrival. */
  private final Map<Endpoint, KnownPeer> peers = new LinkedHashMap<>();

  /** How many of {@link #peers} each address has. */
  private final Map<InetAddress, Integer> ports = new HashMap<>();

  private final Set<Endpoint> banned = new LinkedHashSet<>();
  private final Set<Endpoint> own = new LinkedHashSet<>();
  private long turns;

  /** An empty collection for {@code capacity} addresses. */
  public KnownPeers(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  /** Number of addresses. */
  public int size() {
    return peers.size();
  }

  /**
   * Takes note of an address. False if it is not one to be dialled, is banned, is our own, or is
   * not better than any of those that fill the collection.
   */
  public boolean offer(Endpoint endpoint, Source source) {
    if (!Addresses.canDial(endpoint, source) || own.contains(endpoint) || isBanned(endpoint)) {
      return false;
    }
    KnownPeer known = peers.get(endpoint);
    if (known != null) {
      known.source = source.compareTo(known.source) < 0 ? source : known.source;
      return true;
    }
    if (source.isOpen()
        && ports.getOrDefault(endpoint.address(), 0) >= MAX_OPEN_PORTS_PER_ADDRESS) {
      return false;
    }
    KnownPeer peer = new KnownPeer(endpoint, source, turns++);
    if (peers.size() >= capacity && !makeRoom(peer)) {
      return false;
    }
    insert(peer);
    return true;
  }

  /**
   * The best address to dial at {@code now}, which counts as being dialled from here on: exactly
   * one of {@link #connected}, {@link #failed} and {@link #closed} follows.
   *
   * @param skipSeeds leave out peers that have everything, because we do too
   */
  public Optional<Endpoint> next(long now, boolean skipSeeds) {
    KnownPeer best = null;
    for (KnownPeer peer : peers.values()) {
      if (peer.isReady(now)
          && !(skipSeeds && peer.seed)
          && (best == null || BEST.compare(peer, best) < 0)) {
        best = peer;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    best.state = State.CONNECTING;
    best.turn = turns++;
    return Optional.of(best.endpoint);
  }

  /** Whether {@link #next} would give an address. */
  public boolean hasNext(long now, boolean skipSeeds) {
    for (KnownPeer peer : peers.values()) {
      if (peer.isReady(now) && !(skipSeeds && peer.seed)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A connection with the peer that listens at {@code endpoint} is up. False if there is one
   * already; then that one stays and the other is to be dropped without a call of {@link #closed}.
   */
  public boolean connected(Endpoint endpoint, long now) {
    offer(endpoint, Source.INCOMING);
    KnownPeer peer = peers.get(endpoint);
    if (peer == null) {
      return true;
    }
    if (peer.state == State.CONNECTED) {
      return false;
    }
    peer.state = State.CONNECTED;
    peer.sinceNanos = now;
    return true;
  }

  /** Dialling {@code endpoint} failed. Ignored if it has connected to us meanwhile. */
  public void failed(Endpoint endpoint, long now) {
    KnownPeer peer = peers.get(endpoint);
    if (peer != null && peer.state == State.CONNECTING) {
      peer.fail(now);
    }
  }

  /** The connection with {@code endpoint} has ended; a short one counts as a failure. */
  public void closed(Endpoint endpoint, long now) {
    KnownPeer peer = peers.get(endpoint);
    if (peer != null && peer.state != State.IDLE) {
      peer.close(now);
    }
  }

  /** Remembers whether {@code endpoint} has everything. */
  public void seed(Endpoint endpoint, boolean seed) {
    KnownPeer peer = peers.get(endpoint);
    if (peer != null) {
      peer.seed = seed;
    }
  }

  /** How {@code endpoint} is to be spoken to first, if that has been found out. */
  public Optional<Approach> approach(Endpoint endpoint) {
    return Optional.ofNullable(peers.get(endpoint)).flatMap(p -> p.approach);
  }

  /** Remembers how {@code endpoint} is to be spoken to first. */
  public void approach(Endpoint endpoint, Approach approach) {
    KnownPeer peer = peers.get(endpoint);
    if (peer != null) {
      peer.approach = Optional.of(approach);
    }
  }

  /** Remembers that {@code endpoint} is ourselves. */
  public void own(Endpoint endpoint) {
    addBounded(own, endpoint, MAX_OWN);
    remove(endpoint);
  }

  /** Forgets the idle addresses that neither the user nor a tracker named (BEP 27). */
  public void onlyPrivate() {
    peers.values().stream()
        .filter(p -> p.state == State.IDLE && (p.source.isOpen() || p.source == Source.LSD))
        .map(p -> p.endpoint)
        .toList()
        .forEach(this::remove);
  }

  /** Bans the peer at {@code endpoint} with its address; on loopback the endpoint alone. */
  public void ban(Endpoint endpoint) {
    Endpoint culprit = Addresses.culprit(endpoint);
    addBounded(banned, culprit, MAX_BANNED);
    List<Endpoint> gone =
        peers.keySet().stream().filter(e -> Addresses.culprit(e).equals(culprit)).toList();
    gone.forEach(this::remove);
  }

  /** Whether the peer at {@code endpoint}, whatever its port, is banned. */
  public boolean isBanned(Endpoint endpoint) {
    return banned.contains(Addresses.culprit(endpoint));
  }

  /** Drops the worst idle address if {@code newcomer} is better. */
  private boolean makeRoom(KnownPeer newcomer) {
    KnownPeer worst = null;
    for (KnownPeer peer : peers.values()) {
      if (peer.state == State.IDLE && (worst == null || BEST.compare(peer, worst) > 0)) {
        worst = peer;
      }
    }
    if (worst == null || BEST.compare(newcomer, worst) > 0) {
      return false;
    }
    remove(worst.endpoint);
    return true;
  }

  private void insert(KnownPeer peer) {
    peers.put(peer.endpoint, peer);
    ports.merge(peer.endpoint.address(), 1, Integer::sum);
  }

  private void remove(Endpoint endpoint) {
    if (peers.remove(endpoint) != null) {
      ports.computeIfPresent(endpoint.address(), KnownPeers::oneLess);
    }
  }

  private static @Nullable Integer oneLess(InetAddress address, Integer count) {
    return count == 1 ? null : count - 1;
  }

  private static void addBounded(Set<Endpoint> set, Endpoint endpoint, int most) {
    if (set.size() >= most && !set.contains(endpoint)) {
      set.remove(set.iterator().next());
    }
    set.add(endpoint);
  }
}
