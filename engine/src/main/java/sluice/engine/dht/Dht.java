package sluice.engine.dht;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.count.Tally;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;
import sluice.engine.swarm.ExternalAddress;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;

/**
 * The DHT of a session: one node at each local address, and what they keep in common. Loop only.
 */
public final class Dht {
  /** Most contacts that are given to be saved. */
  public static final int MAX_SAVED = 200;

  private static final long EXPIRE_NANOS = 60_000_000_000L;
  private static final long BIND_NANOS = 5_000_000L;
  private static final long REBIND_NANOS = 60_000_000_000L;

  private final Loop loop;
  private final Net net;
  private final Entropy entropy;
  private final ExternalAddress self;
  private final DhtConfig config;
  private final Predicate<InetAddress> barred;
  private final Starting starting;
  private final PeerStore peers;
  private final ItemStore items = new ItemStore();
  private final Map<DhtNode, Upkeep> nodes = new LinkedHashMap<>();
  private final List<Consumer<Boolean>> waiting = new ArrayList<>();
  private final Tally<QueryCount> queries = new Tally<>();
  private final Owner owner = new Owner();
  private final Inquiries inquiries;
  private final Listings listings;
  private final Set<DhtNode> tried = new LinkedHashSet<>();
  private boolean loopback;
  private boolean closed;
  private Loop.@Nullable Timer timer;

  /** A DHT that does nothing until {@link #start}; nothing is exchanged with who is barred. */
  public Dht(
      Loop loop,
      Net net,
      Resolver resolver,
      Entropy entropy,
      ExternalAddress self,
      Predicate<InetAddress> barred,
      DhtConfig config) {
    this.loop = loop;
    this.net = net;
    this.entropy = entropy;
    this.self = self;
    this.barred = barred;
    this.config = config;
    this.starting = new Starting(resolver, config.routers());
    this.peers = new PeerStore(entropy);
    this.inquiries = new Inquiries(this, loop);
    this.listings = new Listings(loop);
  }

  /** A DHT of its own, without a session. */
  public static Dht alone(
      Loop loop, Net net, Resolver resolver, Entropy entropy, DhtConfig config) {
    return new Dht(loop, net, resolver, entropy, new ExternalAddress(), barred -> false, config);
  }

  /** Binds a node at {@code local}; port 0 is any. Does nothing if there is to be no DHT. */
  public void start(Endpoint local) {
    if (!config.on()) {
      return;
    }
    loopback |= local.address().isLoopbackAddress();
    DhtNode node = new DhtNode(loop, entropy, self, config.readOnly(), local, peers, items, owner);
    nodes.put(node, new Upkeep(loop, node, starting, found -> searched(node)));
    net.udp(local, node);
    if (timer == null) {
      timer = loop.after(EXPIRE_NANOS, this::expire);
    }
  }

  /** Whether there is one. */
  public boolean isOn() {
    return config.on();
  }

  /** The port of the node of a family; 0 if there is none that others may ask. */
  public int port(boolean ipv6) {
    return config.readOnly()
        ? 0
        : bound().stream()
            .filter(n -> n.isIpv6() == ipv6)
            .mapToInt(n -> n.local().port())
            .findFirst()
            .orElse(0);
  }

  /** Nodes of an earlier run. */
  public void restore(List<NodeInfo> saved) {
    saved.stream().limit(MAX_SAVED).forEach(node -> starting.add(node.endpoint(), loopback));
  }

  /** Nodes that a torrent or the user names. */
  public void routers(List<HostPort> named) {
    named.forEach(starting::add);
  }

  /** A peer has said that it is a node, too. */
  public void learn(Endpoint node) {
    starting.add(node, false);
    bound().stream()
        .filter(n -> n.isIpv6() == node.isIpv6())
        .findFirst()
        .ifPresent(n -> upkeep(n).learn(node));
  }

  /** Lists us as a peer of a torrent, and gives its peers to {@code found} as they come. */
  public Listing list(Hash torrent, Supplier<Listing.Self> ours, Consumer<List<Endpoint>> found) {
    Listing listing = new Listing(this, loop, entropy, torrent.truncated(), ours, found);
    listings.add(listing);
    listing.start();
    return listing;
  }

  /** Single questions. */
  public Inquiries inquiries() {
    return inquiries;
  }

  /** Tells once, as soon as there are contacts, or when all nodes have looked in vain. */
  public void whenReady(Consumer<Boolean> told) {
    waiting.add(told);
    tellReady();
  }

  private void tellReady() {
    boolean found = contacts() > 0;
    if (found) {
      listings.resume();
    }
    if (found || tried.containsAll(nodes.keySet())) {
      List<Consumer<Boolean>> told = List.copyOf(waiting);
      waiting.clear();
      told.forEach(t -> t.accept(found));
    }
  }

  /** Runs {@code task} when a node of the family can send. */
  public void whenBound(boolean ipv6, Runnable task) {
    if (bound().stream().anyMatch(n -> n.isIpv6() == ipv6) || nodes.isEmpty()) {
      task.run();
    } else {
      loop.after(BIND_NANOS, () -> whenBound(ipv6, task));
    }
  }

  /** Contacts that are good, to be saved. */
  public List<NodeInfo> contacts(int most) {
    List<NodeInfo> good = new ArrayList<>();
    for (DhtNode node : bound()) {
      node.table()
          .each(contact -> {
            if (contact.isGood(loop.now()) && good.size() < most) {
              good.add(contact.info());
            }
          });
    }
    return good;
  }

  /** Number of contacts in all tables. */
  public int contacts() {
    return contacts(false) + contacts(true);
  }

  /** Number of contacts in the tables of one family; none of them is looked at. */
  public int contacts(boolean ipv6) {
    int count = 0;
    for (DhtNode node : nodes.keySet()) {
      count += node.isIpv6() == ipv6 ? node.table().size() : 0;
    }
    return count;
  }

  /** What became of queries since the start. */
  public Map<QueryCount, Long> queries() {
    return queries.told();
  }

  /** Torrents that were looked up to be listed: how often a node answered, or none. */
  public Announced announced() {
    return listings.announced();
  }

  /** Look-ups that some node answered, and others. */
  public record Announced(long answered, long failed) {}

  /** All nodes of ours. */
  public List<DhtStatus> status() {
    List<DhtStatus> all = new ArrayList<>(nodes.size());
    for (DhtNode node : bound()) {
      List<NodeInfo> good = new ArrayList<>();
      node.table().each(c -> good.add(c.info()));
      all.add(new DhtStatus(new NodeInfo(node.id(), node.local()), good, node.traffic().counts()));
    }
    return all;
  }

  /** Closes all sockets. */
  public void close() {
    closed = true;
    nodes.values().forEach(Upkeep::close);
    nodes.keySet().forEach(DhtNode::close);
    nodes.clear();
    listings.close();
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Nodes of ours that can send. */
  List<DhtNode> bound() {
    return nodes.keySet().stream().filter(DhtNode::isBound).toList();
  }

  /** Peers that may be dialled; those of this machine only if the DHT itself is there. */
  List<Endpoint> dialable(List<Endpoint> found) {
    return found.stream().filter(owner::mayAsk).toList();
  }

  private Upkeep upkeep(DhtNode node) {
    return Objects.requireNonNull(nodes.get(node));
  }

  private void searched(DhtNode node) {
    tried.add(node);
    tellReady();
  }

  private void expire() {
    timer = loop.after(EXPIRE_NANOS, this::expire);
    peers.expire(loop.now());
    items.expire(loop.now());
  }

  Listings listings() {
    return listings;
  }

  /** Peers of a torrent that others have announced to us. */
  List<Endpoint> announced(Hash torrent) {
    List<Endpoint> all = new ArrayList<>();
    for (boolean ipv6 : new boolean[] {false, true}) {
      all.addAll(peers.some(torrent, ipv6, false, Answers.MAX_VALUES, loop.now()));
    }
    return all;
  }

  private final class Owner implements DhtNode.Owner {
    @Override
    public List<NodeInfo> near(NodeId target, int most, boolean ipv6) {
      return bound().stream()
          .filter(n -> n.isIpv6() == ipv6)
          .findFirst()
          .map(n -> n.table().closest(target, most))
          .orElseGet(List::of);
    }

    @Override
    public void told(List<NodeInfo> told) {
      for (DhtNode node : bound()) {
        told.stream()
            .filter(n -> n.endpoint().isIpv6() == node.isIpv6())
            .filter(n -> node.table().wants(n.id()) && mayAsk(n.endpoint()))
            .forEach(node::verify);
      }
    }

    @Override
    public void announced(Hash torrent, Endpoint peer) {
      listings.of(torrent).forEach(listing -> listing.found(List.of(peer)));
    }

    @Override
    public Tally<QueryCount> queries() {
      return queries;
    }

    @Override
    public boolean mayAsk(Endpoint endpoint) {
      InetAddress address = endpoint.address();
      boolean here = address.isLoopbackAddress();
      return endpoint.port() != 0
          && !address.isMulticastAddress()
          && !address.isAnyLocalAddress()
          && !barred.test(address)
          && (!here || loopback || starting.namesLoopback());
    }

    @Override
    public void onBound(DhtNode node) {
      upkeep(node).start();
    }

    @Override
    public void onFault(DhtNode node, Fault fault) {
      upkeep(node).close();
      nodes.remove(node);
      // A port that somebody else has is not waited for.
      Endpoint local = node.local();
      boolean taken = !node.wasBound() && local.port() != 0;
      Endpoint next = taken ? new Endpoint(local.address(), 0) : local;
      loop.after(
          taken ? 0 : REBIND_NANOS,
          () -> {
            if (!closed) {
              start(next);
            }
          });
      tried.remove(node);
      tellReady();
    }
  }
}
