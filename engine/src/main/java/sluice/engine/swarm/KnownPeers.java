package sluice.engine.swarm;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sluice.engine.crypt.Approach;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.PeerPriority;

/**
 * The addresses of a torrent's swarm and when to dial them. Each is idle, being dialled or
 * connected, so that none is dialled twice; failures push the next try back from 30 seconds to 30
 * minutes, or from 1 to 64 seconds for a peer that the user named. When full, a better address
 * pushes out the worst idle one. Among equals the canonical priority decides (BEP 40) where our own
 * address is known, else whose turn was longest ago. A search looks at all; one that was in vain is
 * not repeated before it can succeed. Thread: the torrent's loop.
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

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** A connection that lived so long was of use. */
  private static final long USEFUL_NANOS = 60 * SECOND_NANOS;

  /** A rank behind all others. */
  private static final long LAST = 1L << 62;

  private final int capacity;
  private final Predicate<InetAddress> barred;
  private final PackedPeers ipv4 = new PackedPeers(false);
  private final PackedPeers ipv6 = new PackedPeers(true);
  private final Outcasts outcasts = new Outcasts();
  private @Nullable Endpoint ourIpv4;
  private @Nullable Endpoint ourIpv6;
  private int turns;

  /** Until {@link #quietNanos} after {@link #quietSince} there is nothing to dial. */
  private long quietSince;

  private long quietNanos;
  private boolean quietSkipsSeeds;

  /** An empty collection for {@code capacity} addresses. */
  public KnownPeers(int capacity) {
    this(capacity, address -> false);
  }

  /** The same that takes no address for which {@code barred} holds. */
  public KnownPeers(int capacity, Predicate<InetAddress> barred) {
    if (capacity < 1 || capacity > PackedPeers.MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity: " + capacity);
    }
    this.capacity = capacity;
    this.barred = barred;
  }

  /** Number of addresses. */
  public int size() {
    return ipv4.size() + ipv6.size();
  }

  /** Bytes of memory that the addresses take. */
  long memoryBytes() {
    return ipv4.memoryBytes() + ipv6.memoryBytes();
  }

  /** Tells at which endpoint other peers see us; priorities follow from it. */
  public void ourEndpoint(Endpoint seen) {
    if (seen.equals(seen.isIpv6() ? ourIpv6 : ourIpv4)) {
      return;
    }
    if (seen.isIpv6()) {
      ourIpv6 = seen;
    } else {
      ourIpv4 = seen;
    }
    PackedPeers table = table(seen);
    for (int slot = 0; slot < table.size(); slot++) {
      table.order(slot, order(table.endpoint(slot)));
    }
  }

  /**
   * Takes note of an address. False if it is not one to be dialled, is barred or banned, is our
   * own, or is not better than any of those that fill the collection.
   */
  public boolean offer(Endpoint endpoint, Source source) {
    if (!Addresses.canDial(endpoint, source)
        || outcasts.isOwn(endpoint)
        || isBanned(endpoint)
        || barred.test(endpoint.address())) {
      return false;
    }
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot >= 0) {
      int bits = table.bits(slot);
      if (source.compareTo(PeerBits.source(bits)) < 0) {
        table.bits(slot, PeerBits.source(bits, source));
        stir();
      }
      return true;
    }
    if (source.isOpen() && table.ports(endpoint) >= MAX_OPEN_PORTS_PER_ADDRESS) {
      return false;
    }
    int bits = PeerBits.of(source);
    int order = order(endpoint);
    if (size() >= capacity && !makeRoom(PeerBits.rank(bits) << 32 | (order & 0xffff_ffffL))) {
      return false;
    }
    table.add(endpoint, bits, order);
    stir();
    return true;
  }

  /**
   * Takes note of what a peer at {@code teller} says of {@code contact}. Addresses of this machine
   * are believed inside of it only.
   *
   * @param seed whether it has everything; as long as nobody has looked, it is tried once, and
   *     last, where seeds are of no use: a liar could keep others from a peer by that
   * @param utp whether it speaks uTP
   */
  public void hear(Endpoint contact, InetAddress teller, boolean seed, boolean utp) {
    boolean fresh = table(contact).find(contact) < 0;
    boolean here = teller.isLoopbackAddress() && contact.address().isLoopbackAddress();
    if (offer(contact, here ? Source.LSD : Source.PEX) && fresh) {
      PackedPeers table = table(contact);
      int slot = table.find(contact);
      table.bits(slot, PeerBits.said(table.bits(slot), seed, utp));
    }
  }

  /**
   * The best address to dial at {@code now}, which counts as being dialled from here on: exactly
   * one of {@link #connected}, {@link #failed} and {@link #closed} follows.
   *
   * @param skipSeeds leave out peers that have everything, because we do too
   */
  public Optional<Endpoint> next(long now, boolean skipSeeds) {
    if (isQuiet(now, skipSeeds)) {
      return Optional.empty();
    }
    int in4 = best(ipv4, now, skipSeeds);
    int in6 = best(ipv6, now, skipSeeds);
    if (in4 < 0 && in6 < 0) {
      quietSkipsSeeds = skipSeeds;
      quietSince = now;
      quietNanos = Math.min(firstReady(ipv4, now, skipSeeds), firstReady(ipv6, now, skipSeeds));
      return Optional.empty();
    }
    boolean take6 =
        in4 < 0 || (in6 >= 0 && rank(ipv6, in6, skipSeeds) < rank(ipv4, in4, skipSeeds));
    PackedPeers table = take6 ? ipv6 : ipv4;
    int slot = take6 ? in6 : in4;
    Endpoint endpoint = table.endpoint(slot);
    table.bits(slot, PeerBits.state(table.bits(slot), PeerBits.CONNECTING));
    table.order(slot, order(endpoint));
    return Optional.of(endpoint);
  }

  /** Whether {@link #next} would give an address. */
  public boolean hasNext(long now, boolean skipSeeds) {
    return !isQuiet(now, skipSeeds)
        && (best(ipv4, now, skipSeeds) >= 0 || best(ipv6, now, skipSeeds) >= 0);
  }

  /**
   * A connection with the peer that listens at {@code endpoint} is up. False if there is one
   * already; then that one stays and the other is to be dropped without a call of {@link #closed}.
   */
  public boolean connected(Endpoint endpoint, long now) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot < 0 || PeerBits.state(table.bits(slot)) != PeerBits.CONNECTING) {
      offer(endpoint, Source.INCOMING);
      slot = table.find(endpoint);
    }
    if (slot < 0) {
      return true;
    }
    int bits = table.bits(slot);
    if (PeerBits.state(bits) == PeerBits.CONNECTED) {
      return false;
    }
    table.bits(slot, PeerBits.state(bits, PeerBits.CONNECTED));
    table.since(slot, now);
    return true;
  }

  /** Dialling {@code endpoint} failed. Ignored if it has connected to us meanwhile. */
  public void failed(Endpoint endpoint, long now) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot >= 0 && PeerBits.state(table.bits(slot)) == PeerBits.CONNECTING) {
      rest(table, slot, PeerBits.failures(table.bits(slot)) + 1, now);
    }
  }

  /** The connection with {@code endpoint} has ended; a short one counts as a failure. */
  public void closed(Endpoint endpoint, long now) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot < 0 || PeerBits.state(table.bits(slot)) == PeerBits.IDLE) {
      return;
    }
    int bits = table.bits(slot);
    boolean useful =
        PeerBits.state(bits) == PeerBits.CONNECTED
            && table.elapsedNanos(slot, now) >= PackedPeers.wholeTicks(USEFUL_NANOS);
    rest(table, slot, useful ? 0 : PeerBits.failures(bits) + 1, now);
  }

  /** Remembers whether {@code endpoint} has everything. */
  public void seed(Endpoint endpoint, boolean seed) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot >= 0) {
      table.bits(slot, PeerBits.seed(table.bits(slot), seed));
      stir();
    }
  }

  /** How {@code endpoint} is to be spoken to first, if that has been found out. */
  public Optional<Approach> approach(Endpoint endpoint) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    return slot < 0 ? Optional.empty() : PeerBits.approach(table.bits(slot));
  }

  /** Remembers how {@code endpoint} is to be spoken to first. */
  public void approach(Endpoint endpoint, Approach approach) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot >= 0) {
      table.bits(slot, PeerBits.approach(table.bits(slot), approach));
    }
  }

  /** Remembers whether {@code endpoint} speaks uTP. */
  public void speaksUtp(Endpoint endpoint, boolean speaks) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot >= 0) {
      table.bits(slot, PeerBits.utp(table.bits(slot), speaks));
    }
  }

  /** Whether {@code endpoint} is known to speak uTP. */
  public boolean speaksUtp(Endpoint endpoint) {
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    return slot >= 0 && PeerBits.utp(table.bits(slot));
  }

  /** Remembers that {@code endpoint} is ourselves. */
  public void own(Endpoint endpoint) {
    outcasts.own(endpoint);
    PackedPeers table = table(endpoint);
    int slot = table.find(endpoint);
    if (slot >= 0) {
      table.remove(slot);
    }
  }

  /** Forgets the addresses that a private torrent may not use, and tells them (BEP 27). */
  public List<Endpoint> onlyPrivate() {
    List<Endpoint> gone = new ArrayList<>();
    for (PackedPeers all : List.of(ipv4, ipv6)) {
      all.removeIf(s -> PeerBits.isOfNeighbours(all.bits(s)) && gone.add(all.endpoint(s)));
    }
    return gone;
  }

  /** Bans the peer at {@code endpoint} with its address; on loopback the endpoint alone. */
  public void ban(Endpoint endpoint) {
    Endpoint culprit = Addresses.culprit(endpoint);
    outcasts.ban(culprit);
    PackedPeers table = table(endpoint);
    table.removeIf(slot -> Addresses.culprit(table.endpoint(slot)).equals(culprit));
  }

  /** Whether the peer at {@code endpoint}, whatever its port, is banned. */
  public boolean isBanned(Endpoint endpoint) {
    return outcasts.isBanned(endpoint);
  }

  /** Forgets the addresses that have become barred. */
  public void dropBarred() {
    ipv4.removeIf(slot -> barred.test(ipv4.endpoint(slot).address()));
    ipv6.removeIf(slot -> barred.test(ipv6.endpoint(slot).address()));
  }

  private PackedPeers table(Endpoint endpoint) {
    return endpoint.isIpv6() ? ipv6 : ipv4;
  }

  /** What decides among equals; the lower comes first. */
  private int order(Endpoint endpoint) {
    Endpoint ours = endpoint.isIpv6() ? ourIpv6 : ourIpv4;
    return ours == null ? turns++ : ~PeerPriority.of(ours, endpoint);
  }

  private void rest(PackedPeers table, int slot, int failures, long now) {
    table.bits(slot, PeerBits.ended(table.bits(slot), failures));
    table.since(slot, now);
    stir();
  }

  private void stir() {
    quietNanos = 0;
  }

  private boolean isQuiet(long now, boolean skipSeeds) {
    long elapsed = now - quietSince;
    return skipSeeds == quietSkipsSeeds && elapsed >= 0 && elapsed < quietNanos;
  }

  /** The slot of the first one to be dialled, or -1. */
  private static int best(PackedPeers table, long now, boolean skipSeeds) {
    int best = -1;
    for (int slot = 0; slot < table.size(); slot++) {
      if (waitNanos(table, slot, now, skipSeeds) <= 0
          && (best < 0 || rank(table, slot, skipSeeds) < rank(table, best, skipSeeds))) {
        best = slot;
      }
    }
    return best;
  }

  private static long rank(PackedPeers table, int slot, boolean skipSeeds) {
    boolean last = skipSeeds && PeerBits.isSaidSeed(table.bits(slot));
    return table.rank(slot) | (last ? LAST : 0);
  }

  /** Nanoseconds until one may be dialled. */
  private static long firstReady(PackedPeers table, long now, boolean skipSeeds) {
    long least = Long.MAX_VALUE;
    for (int slot = 0; slot < table.size(); slot++) {
      least = Math.min(least, waitNanos(table, slot, now, skipSeeds));
    }
    return least == Long.MAX_VALUE ? least : PackedPeers.wholeTicks(least - 1);
  }

  /** How long an address is not to be dialled; {@link Long#MAX_VALUE} while nothing changes. */
  private static long waitNanos(PackedPeers table, int slot, long now, boolean skipSeeds) {
    int bits = table.bits(slot);
    boolean vain = PeerBits.isSeed(bits) || (PeerBits.isSaidSeed(bits) && PeerBits.waits(bits));
    if (PeerBits.state(bits) != PeerBits.IDLE || (skipSeeds && vain)) {
      return Long.MAX_VALUE;
    }
    return PeerBits.waits(bits)
        ? PackedPeers.wholeTicks(PeerBits.backoffNanos(bits)) - table.elapsedNanos(slot, now)
        : 0;
  }

  /** Drops the worst idle address if a newcomer of {@code rank} is better. */
  private boolean makeRoom(long rank) {
    int in4 = worst(ipv4);
    int in6 = worst(ipv6);
    if (in4 < 0 && in6 < 0) {
      return false;
    }
    boolean drop6 = in4 < 0 || (in6 >= 0 && ipv6.rank(in6) > ipv4.rank(in4));
    PackedPeers table = drop6 ? ipv6 : ipv4;
    int slot = drop6 ? in6 : in4;
    if (rank > table.rank(slot)) {
      return false;
    }
    table.remove(slot);
    return true;
  }

  private static int worst(PackedPeers table) {
    int worst = -1;
    for (int slot = 0; slot < table.size(); slot++) {
      if (PeerBits.state(table.bits(slot)) == PeerBits.IDLE
          && (worst < 0 || table.rank(slot) > table.rank(worst))) {
        worst = slot;
      }
    }
    return worst;
  }
}
