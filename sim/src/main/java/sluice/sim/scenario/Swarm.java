package sluice.sim.scenario;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import sluice.protocol.address.HostPort;
import sluice.sim.check.Findings;
import sluice.sim.check.Rest;
import sluice.sim.check.WireWatch;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.net.SimNetwork;
import sluice.sim.net.SimTracker;
import sluice.sim.world.Chance;
import sluice.sim.world.SimWorld;

/**
 * A world with one torrent, one tracker and any number of peers. What must hold is checked each
 * virtual second and at the end; what does not hold is an {@link AssertionError} with the seed.
 */
public final class Swarm {
  /** The announce URL that torrents of a swarm should have. */
  public static final String TRACKER = "http://tracker.test/announce";

  private static final String TRACKER_AUTHORITY = "tracker.test:80";
  private static final int ANNOUNCE_SECONDS = 120;
  private static final int FRIENDS = 30;
  private static final int POOL_BLOCKS = 256;
  private static final long OBSERVE_NANOS = 1_000_000_000;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final SimWorld world;
  private final SimNetwork network;
  private final SimTorrent torrent;
  private final SimTracker tracker;
  private final List<EnginePeer> peers = new ArrayList<>();
  private final List<WireWatch> watches = new ArrayList<>();
  private final Findings findings = new Findings();
  private int addresses;
  private boolean ipv6;
  private boolean trackers = true;
  private boolean star;
  private int friends = FRIENDS;
  private int poolBlocks = POOL_BLOCKS;

  /** A swarm of {@code torrent} without peers, whose history follows {@code seed}. */
  public Swarm(long seed, SimTorrent torrent) {
    this.world = new SimWorld(seed);
    this.network = new SimNetwork(world);
    this.torrent = torrent;
    this.tracker = new SimTracker(world.chance("tracker"), ANNOUNCE_SECONDS);
    network.site(TRACKER_AUTHORITY, tracker);
    world.schedule(OBSERVE_NANOS, "observe", this::observe);
  }

  /** Time and chance. */
  public SimWorld world() {
    return world;
  }

  /** The network. */
  public SimNetwork network() {
    return network;
  }

  /** What is shared. */
  public SimTorrent torrent() {
    return torrent;
  }

  /** The tracker. */
  public SimTracker tracker() {
    return tracker;
  }

  /** All engines, in the order in which they were made. */
  public List<EnginePeer> peers() {
    return List.copyOf(peers);
  }

  /** Chance of the scenario itself. */
  public Chance chance() {
    return world.chance("scenario");
  }

  /** Gives IPv6 addresses to hosts that are made from here on. */
  public Swarm ipv6() {
    ipv6 = true;
    return this;
  }

  /** Tells peers that are made from here on of those made before, instead of the tracker. */
  public Swarm withoutTracker() {
    trackers = false;
    return this;
  }

  /** Tells peers that are made from here on of the one made before, and of nobody else. */
  public Swarm chain() {
    trackers = false;
    friends = 1;
    return this;
  }

  /** Tells peers that are made from here on of the first one, and of nobody else. */
  public Swarm star() {
    trackers = false;
    star = true;
    return this;
  }

  /** Gives {@code blocks} of memory to hosts that are made from here on. */
  public Swarm memory(int blocks) {
    poolBlocks = blocks;
    return this;
  }

  /** A peer that has everything. */
  public EnginePeer seed(String name, LinkProfile line) {
    return peer(name, line, SimVolume.full(torrent.truth()), EnginePeer.Options.DEFAULT);
  }

  /** A peer that has nothing. */
  public EnginePeer leech(String name, LinkProfile line) {
    return peer(name, line, SimVolume.empty(torrent.truth()), EnginePeer.Options.DEFAULT);
  }

  /** A peer with {@code volume} on a fast disk. */
  public EnginePeer peer(
      String name, LinkProfile line, SimVolume volume, EnginePeer.Options options) {
    return peer(host(name, line, SimDisk.fast()), volume, options);
  }

  /** A peer with {@code volume} on {@code host}. */
  public EnginePeer peer(SimHost host, SimVolume volume, EnginePeer.Options options) {
    EnginePeer peer = new EnginePeer(host, torrent, volume, options, friends());
    peers.add(peer);
    WireWatch watch = new WireWatch(host.setup().name(), volume, peer.uploadSlots(), findings);
    network.observe(host.setup().address(), watch);
    watches.add(watch);
    return peer;
  }

  private List<HostPort> friends() {
    if (trackers) {
      return List.of();
    }
    return (star ? peers : peers.reversed())
        .stream()
            .limit(star ? 1 : friends)
            .map(p -> new HostPort(p.endpoint().address().getHostAddress(), p.endpoint().port()))
            .toList();
  }

  /** A machine with an address of its own. */
  public SimHost host(String name, LinkProfile line, SimDisk disk) {
    int number = ++addresses;
    String address =
        ipv6
            ? "2001:db8::" + Integer.toHexString(number)
            : "10.0." + number / 250 + "." + (number % 250 + 1);
    return host(name, InetAddress.ofLiteral(address), line, disk);
  }

  /** A machine with this address, which nobody else has. */
  public SimHost host(String name, InetAddress address, LinkProfile line, SimDisk disk) {
    return new SimHost(world, network, new SimHost.Setup(name, address, line, disk, poolBlocks));
  }

  /** Starts all engines that do not run. */
  public Swarm start() {
    peers.stream().filter(p -> !p.isRunning()).forEach(EnginePeer::start);
    return this;
  }

  private void observe() {
    peers.forEach(p -> p.observe(findings));
    watches.forEach(WireWatch::check);
    world.schedule(OBSERVE_NANOS, "observe", this::observe);
  }

  /** Runs until {@code done} holds; it is wrong if that takes longer than {@code max}. */
  public Swarm runUntil(String what, BooleanSupplier done, Duration max) {
    boolean held = world.run(() -> done.getAsBoolean() || !findings.all().isEmpty(), max);
    if (!held) {
      findings.require(false, "not within " + max + ": " + what + "\n" + describe());
    }
    failIfWrong();
    return this;
  }

  /** Runs until every engine has everything. */
  public Swarm complete(Duration max) {
    return runUntil("all complete", () -> peers.stream().allMatch(EnginePeer::isComplete), max);
  }

  /** Runs for {@code time}. */
  public Swarm runFor(Duration time) {
    world.run(() -> !findings.all().isEmpty(), time);
    failIfWrong();
    return this;
  }

  /** Stops all engines and checks that nothing is left over; gives the digest of the history. */
  public long finish() {
    List<CompletableFuture<Void>> stops =
        peers.stream()
            .filter(EnginePeer::isRunning)
            .map(p -> p.stop().toCompletableFuture())
            .toList();
    boolean stopped =
        world.run(() -> stops.stream().allMatch(CompletableFuture::isDone), STOP_LIMIT);
    findings.require(stopped, "engines did not stop within " + STOP_LIMIT);
    world.runFor(Duration.ofSeconds(1));
    for (EnginePeer peer : peers) {
      peer.atRest(findings);
      Rest.streams(peer.name(), network, peer.endpoint().address(), findings);
    }
    failIfWrong();
    return world.digest();
  }

  private void failIfWrong() {
    if (!findings.all().isEmpty()) {
      throw new AssertionError(
          "seed %d at %.3f s: %s"
              .formatted(world.seed(), world.now() / 1e9, String.join("\n", findings.all())));
    }
  }

  private String describe() {
    return peers.stream().map(EnginePeer::describe).collect(Collectors.joining("\n"));
  }
}
