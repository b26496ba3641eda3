package sluice.engine.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import sluice.engine.announce.Family;
import sluice.engine.announce.Trackers;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Extensions;
import sluice.engine.peer.FlushQueue;
import sluice.engine.peer.Peer;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.rate.TokenBucket;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.torrent.Phase;
import sluice.engine.torrent.Services;
import sluice.engine.torrent.Torrent;
import sluice.engine.torrent.TorrentEvents;
import sluice.engine.torrent.TorrentOptions;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.PeerId;

/** The torrents of one loop, its door and its clock. Loop only, but for {@link #snapshot}. */
final class Session {
  private static final long PUMP_NANOS = 100_000_000L;
  private static final int PUMPS_PER_SECOND = 10;
  private static final int PUMPS_PER_SNAPSHOT = 2;

  private final Loop loop;
  private final EngineConfig config;
  private final Consumer<EngineEvent> events;
  private final Door door;
  private final Trackers trackers;
  private final Services services;
  private final Map<Hash, Torrent> byWireHash = new LinkedHashMap<>();
  private final Set<Torrent> torrents = new LinkedHashSet<>();

  /** Faulted torrents that make room for themselves: they are in {@link #torrents}, too. */
  private final Set<Torrent> leaving = new LinkedHashSet<>();

  private volatile List<TorrentSnapshot> snapshot = List.of();
  private int pumps;
  private int peerKeys;
  private boolean stopped;

  Session(Ports ports, EngineConfig config, Consumer<EngineEvent> events) {
    this.loop = ports.loop();
    this.config = config;
    this.events = events;
    long now = loop.now();
    ConnectionBudget connections =
        ConnectionBudget.session(config.maxPeers(), config.maxHalfOpen());
    this.door =
        new Door(
            loop,
            ports.net(),
            connections,
            hash -> Optional.ofNullable(byWireHash.get(hash)),
            events);
    this.trackers =
        new Trackers(
            loop,
            ports.net(),
            ports.http(),
            ports.resolver(),
            ports.entropy(),
            config.outgoing(),
            families(config.listen()));
    this.services =
        new Services(
            loop,
            ports.net(),
            ports.resolver(),
            ports.entropy(),
            peerId(ports, config),
            door::port,
            trackers,
            new TokenBucket(config.downBytesPerSecond(), now),
            new TokenBucket(config.upBytesPerSecond(), now),
            connections,
            new BlockBudget(ports.pool()),
            new FlushQueue(loop),
            new Extensions(config.userAgent()),
            () -> peerKeys++);
  }

  /** The address families in which peers can reach us. */
  private static List<Family> families(List<Endpoint> listen) {
    return listen.stream()
        .map(local -> local.isIpv6() ? Family.IPV6 : Family.IPV4)
        .distinct()
        .toList();
  }

  private static PeerId peerId(Ports ports, EngineConfig config) {
    byte[] id = new byte[PeerId.BYTES];
    ports.entropy().fill(id);
    byte[] prefix = config.peerIdPrefix().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    System.arraycopy(prefix, 0, id, 0, prefix.length);
    return new PeerId(id);
  }

  void start(Runnable done) {
    loop.after(PUMP_NANOS, this::pump);
    door.open(config.listen(), done);
  }

  /**
   * Adds a torrent and tells whether it was possible: not if it is there already, or the session
   * has stopped. One that is faulted makes room, once its storage is closed.
   */
  void add(TorrentSpec spec, Consumer<Boolean> told) {
    InfoHashes hashes = spec.metainfo().info().hashes();
    List<Torrent> before =
        hashes.wire().stream().map(byWireHash::get).filter(Objects::nonNull).distinct().toList();
    if (stopped || !before.stream().allMatch(t -> makesRoom(t, spec))) {
      told.accept(false);
      return;
    }
    if (before.isEmpty()) {
      begin(spec);
      told.accept(true);
      return;
    }
    leaving.addAll(before);
    Runnable once =
        new Once(
            before.size(),
            () -> {
              before.forEach(this::forget);
              if (!stopped) {
                begin(spec);
              }
              told.accept(!stopped);
            });
    before.forEach(t -> t.stop(once));
  }

  private boolean makesRoom(Torrent torrent, TorrentSpec spec) {
    return torrent.phase() instanceof Phase.Faulted
        && !leaving.contains(torrent)
        && !torrent.uses(spec.storage());
  }

  private void forget(Torrent torrent) {
    torrents.remove(torrent);
    leaving.remove(torrent);
    torrent.hashes().wire().forEach(byWireHash::remove);
  }

  private void begin(TorrentSpec spec) {
    TorrentOptions options =
        new TorrentOptions(
            spec.download(),
            spec.trackers(),
            spec.peers(),
            spec.downBytesPerSecond(),
            spec.upBytesPerSecond(),
            config.maxPeersPerTorrent(),
            config.uploadSlots());
    Torrent torrent = new Torrent(services, spec.metainfo(), spec.storage(), options, new Told());
    torrent.hashes().wire().forEach(hash -> byWireHash.put(hash, torrent));
    torrents.add(torrent);
    torrent.start();
    publish();
  }

  List<TorrentSnapshot> snapshot() {
    return snapshot;
  }

  private void pump() {
    if (stopped) {
      return;
    }
    loop.after(PUMP_NANOS, this::pump);
    pumps++;
    torrents.forEach(Torrent::pump);
    if (pumps % PUMPS_PER_SECOND == 0) {
      long now = loop.now();
      door.tick(now);
      torrents.forEach(t -> t.tick(now));
    }
    if (pumps % PUMPS_PER_SNAPSHOT == 0) {
      publish();
    }
  }

  /** Stops all torrents; {@code done} runs when their storage is closed. */
  void stop(Runnable done) {
    if (stopped) {
      done.run();
      return;
    }
    stopped = true;
    door.close();
    Runnable end =
        () -> {
          trackers.close();
          done.run();
        };
    if (torrents.isEmpty()) {
      end.run();
      return;
    }
    Runnable once = new Once(torrents.size(), end);
    for (Torrent torrent : List.copyOf(torrents)) {
      torrent.stop(once);
    }
    publish();
  }

  private void publish() {
    long now = loop.now();
    List<TorrentSnapshot> list = new ArrayList<>(torrents.size());
    for (Torrent torrent : torrents) {
      list.add(snapshot(torrent, now));
    }
    snapshot = List.copyOf(list);
  }

  private static TorrentSnapshot snapshot(Torrent torrent, long now) {
    int seeds = (int) torrent.peers().stream().filter(Peer::isSeed).count();
    long have = torrent.picker().haveBytes();
    long seeding = torrent.phase() instanceof Phase.Seeding s ? now - s.sinceNanos() : 0;
    return new TorrentSnapshot(
        torrent.hashes(),
        phase(torrent.phase()),
        torrent.picker().have().count(),
        torrent.layout().pieceCount(),
        have,
        have + torrent.picker().missingBytes(),
        torrent.counters().downloaded(),
        torrent.counters().uploaded(),
        torrent.counters().wasted(),
        torrent.counters().downRate(now),
        torrent.counters().upRate(now),
        torrent.peers().size(),
        seeds,
        torrent.knownPeers(),
        seeding);
  }

  private static TorrentSnapshot.Phase phase(Phase phase) {
    return switch (phase) {
      case Phase.Checking c -> TorrentSnapshot.Phase.CHECKING;
      case Phase.Downloading d -> TorrentSnapshot.Phase.DOWNLOADING;
      case Phase.Seeding s -> TorrentSnapshot.Phase.SEEDING;
      case Phase.Stopped s -> TorrentSnapshot.Phase.STOPPED;
      case Phase.Faulted f -> TorrentSnapshot.Phase.FAULTED;
    };
  }

  /** Runs {@code done} after {@code count} calls. */
  private static final class Once implements Runnable {
    private final Runnable done;
    private int left;

    Once(int count, Runnable done) {
      this.left = count;
      this.done = done;
    }

    @Override
    public void run() {
      if (--left == 0) {
        done.run();
      }
    }
  }

  /** Turns what torrents tell into events of the engine. */
  private final class Told implements TorrentEvents {
    @Override
    public void onChecked(Torrent torrent, double seconds, int have, int pieces) {
      publish();
      events.accept(new EngineEvent.Checked(torrent.hashes(), seconds, have, pieces));
    }

    @Override
    public void onCompleted(Torrent torrent) {
      publish();
      events.accept(new EngineEvent.Completed(torrent.hashes()));
    }

    @Override
    public void onFaulted(Torrent torrent, Fault fault) {
      if (leaving.contains(torrent)) {
        return; // It was told before; the same torrent is being added again.
      }
      publish();
      events.accept(new EngineEvent.Faulted(torrent.hashes(), fault));
    }

    @Override
    public void onTracker(Torrent torrent, String url, int peers) {
      events.accept(new EngineEvent.TrackerAnswered(torrent.hashes(), url, peers));
    }

    @Override
    public void onTrackerFailed(Torrent torrent, String url, String message) {
      events.accept(new EngineEvent.TrackerFailed(torrent.hashes(), url, message));
    }

    @Override
    public void onBanned(Torrent torrent, Endpoint peer, String reason) {
      events.accept(new EngineEvent.PeerBanned(torrent.hashes(), peer, reason));
    }
  }
}
