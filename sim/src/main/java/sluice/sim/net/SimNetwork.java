package sluice.sim.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.sim.world.Chance;
import sluice.sim.world.SimLoop;
import sluice.sim.world.SimWorld;

/** All hosts, names and sites of a world, what lies between them, and what is cut. */
public final class SimNetwork {
  /** Added to the time of a stream's packet that was lost: the sender's retransmission timeout. */
  static final long RETRANSMIT_NANOS = 300_000_000;

  private final SimWorld world;
  private final Chance chance;
  private final Map<InetAddress, SimNet> hosts = new LinkedHashMap<>();
  private final Map<String, List<InetAddress>> names = new LinkedHashMap<>();
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final Set<Cut> cuts = new LinkedHashSet<>();
  private final Set<InetAddress> isolated = new LinkedHashSet<>();
  private final Map<InetAddress, StreamObserver> observers = new LinkedHashMap<>();
  private final Set<SimPipe> open = new LinkedHashSet<>();
  private List<SimPipe> stalled = new ArrayList<>();

  private record Cut(InetAddress a, InetAddress b) {}

  /** A network without hosts. */
  public SimNetwork(SimWorld world) {
    this.world = world;
    this.chance = world.chance("network");
  }

  /**
   * Connects a process that runs on {@code loop}, in place of an earlier one, at {@code address}.
   */
  public SimNet attach(SimLoop loop, InetAddress address, LinkProfile profile) {
    SimNet net = new SimNet(this, loop, address, profile);
    hosts.put(address, net);
    return net;
  }

  /** Lets {@code name} resolve to {@code addresses}. */
  public void name(String name, InetAddress... addresses) {
    names.put(name, List.of(addresses));
  }

  /** Answers HTTP requests for {@code authority}, such as {@code tracker.test:80}. */
  public void site(String authority, Site site) {
    sites.put(authority, site);
  }

  /** Lets {@code observer} see the streams of {@code host} that open from here on. */
  public void observe(InetAddress host, StreamObserver observer) {
    observers.put(host, observer);
  }

  /** Lets nothing pass between {@code a} and {@code b} until {@link #heal}. */
  public void cut(InetAddress a, InetAddress b) {
    cuts.add(new Cut(a, b));
    cuts.add(new Cut(b, a));
  }

  /** Lets nothing pass to or from {@code host} until {@link #heal}. */
  public void isolate(InetAddress host) {
    isolated.add(host);
  }

  /** Ends all cuts; streams go on where they stood. */
  public void heal() {
    cuts.clear();
    isolated.clear();
    List<SimPipe> waiting = stalled;
    stalled = new ArrayList<>();
    waiting.forEach(SimPipe::resume);
  }

  /** Resets every stream between {@code a} and {@code b}: both ends are told and bytes are lost. */
  public void reset(InetAddress a, InetAddress b) {
    for (SimPipe pipe : List.copyOf(open)) {
      if (pipe.local().address().equals(a) && pipe.remote().address().equals(b)) {
        pipe.abort("connection reset");
      }
    }
  }

  /** Ends of streams that are open. */
  public int openPipes() {
    return open.size();
  }

  /** Ends of streams that are open at {@code host}. */
  public int openPipes(InetAddress host) {
    return (int) open.stream().filter(p -> p.local().address().equals(host)).count();
  }

  SimWorld world() {
    return world;
  }

  Chance chance() {
    return chance;
  }

  Optional<SimNet> host(InetAddress address) {
    return Optional.ofNullable(hosts.get(address));
  }

  Optional<Site> site(String authority) {
    return Optional.ofNullable(sites.get(authority));
  }

  List<InetAddress> lookup(String name) {
    return names.getOrDefault(name, List.of());
  }

  boolean passes(InetAddress a, InetAddress b) {
    return !isolated.contains(a) && !isolated.contains(b) && !cuts.contains(new Cut(a, b));
  }

  boolean isIsolated(InetAddress host) {
    return isolated.contains(host);
  }

  /** Time of one packet from {@code a} to {@code b} without queueing. */
  long latency(SimNet a, SimNet b) {
    LinkProfile from = a.profile();
    LinkProfile to = b.profile();
    return from.latencyNanos()
        + to.latencyNanos()
        + chance.nextLong(from.jitterNanos() + to.jitterNanos());
  }

  boolean loses(SimNet a, SimNet b) {
    return chance.happens(a.profile().loss()) || chance.happens(b.profile().loss());
  }

  /** Time of one packet of a stream, which is sent again when it is lost. */
  long streamLatency(SimNet a, SimNet b) {
    return latency(a, b) + (loses(a, b) ? RETRANSMIT_NANOS : 0);
  }

  StreamObserver.Watch opened(SimPipe pipe) {
    open.add(pipe);
    return observers
        .getOrDefault(pipe.local().address(), StreamObserver.NONE)
        .opened(pipe.remote());
  }

  void closed(SimPipe pipe) {
    open.remove(pipe);
  }

  /** Forgets the streams of a dead process; the other ends are told unless it fell silent. */
  void dropAll(SimNet net, boolean silent) {
    for (SimPipe pipe : List.copyOf(open)) {
      if (pipe.net() == net) {
        pipe.die(silent);
      }
    }
  }

  void stall(SimPipe pipe) {
    stalled.add(pipe);
  }
}
