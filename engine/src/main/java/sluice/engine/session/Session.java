package sluice.engine.session;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import sluice.engine.announce.Trackers;
import sluice.engine.crypt.Encryption;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.FlushQueue;
import sluice.engine.policy.PeerLimits;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.rate.Bandwidth;
import sluice.engine.rate.TorrentLimits;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ExternalAddress;
import sluice.engine.swarm.Gate;
import sluice.engine.torrent.Beginning;
import sluice.engine.torrent.MetadataRun;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Services;
import sluice.engine.torrent.Torrent;
import sluice.engine.torrent.TorrentOptions;
import sluice.engine.torrent.WebAccess;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.filter.IpFilter;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/** The torrents of one loop, its door and its clock. Loop only, but for {@link #snapshots}. */
final class Session {
  private static final long PUMP_NANOS = 100_000_000L;
  private static final int PUMPS_PER_SECOND = 10;

  private final Loop loop;
  private final EngineConfig config;
  private final Keeper keeper;
  private final Consumer<EngineEvent> events;
  private final Bandwidth bandwidth;
  private final Gate gate = new Gate();
  private final Door door;
  private final Wants wants;
  private final Trackers trackers;
  private final Services services;
  private final UdpRun udp;
  private final Register entries;

  /** Those of {@link #entries} that run. */
  private final Set<Torrent> running = new LinkedHashSet<>();

  /** Those of {@link #entries} whose metadata are being fetched. */
  private final Set<Fetching> fetching = new LinkedHashSet<>();

  private final MetadataRun.Memory metadata = MetadataRun.Memory.ofSession();
  private final Snapshots snapshots = new Snapshots();
  private final Openings openings;
  private final Governor governor;
  private final Exchange exchange;
  private int pumps;
  private int peerKeys;
  private long numbers;
  private boolean stopped;

  Session(Ports ports, EngineConfig config, Keeper keeper, Consumer<EngineEvent> events) {
    this.loop = ports.loop();
    this.config = config;
    this.keeper = keeper;
    this.events = events;
    ConnectionBudget connections = ConnectionBudget.session(config.peers());
    this.bandwidth =
        new Bandwidth(
            config.policies().plan(config.downBytesPerSecond(), config.upBytesPerSecond()),
            loop.now());
    bandwidth.rules(config.policies().peerClasses());
    BlockBudget blocks = new BlockBudget(ports.pool());
    Encryption encryption =
        new Encryption(loop, ports.entropy(), config.encryption(), blocks::takeSpare);
    this.entries = new Register(encryption.torrents()::add, encryption.torrents()::remove);
    this.exchange = new Exchange(loop, keeper, entries::get);
    this.governor =
        new Governor(
            ports, config.policies(), bandwidth, entries, this::act, this::publish, events);
    this.wants =
        new Wants(
            loop, governor.queue(), new GivenMetadata(new Entries(), events), config.uploadSlots());
    this.door = new Door(loop, ports.net(), connections, encryption, gate, this::host, events);
    this.trackers =
        new Trackers(
            loop,
            ports.trackers().net(),
            ports.http(),
            ports.trackers().resolver(),
            ports.entropy(),
            config.outgoing(),
            ports.trackers().direct() ? Own.families(config.listen()) : List.of(),
            config.rules().guard(),
            config.rules().toAll());
    ExternalAddress self = new ExternalAddress();
    this.udp = new UdpRun(ports, config, self, gate, entries);
    this.openings = new Openings(loop, entries, udp.dht()::isOn);
    this.services =
        new Services(
            loop,
            udp.ways(),
            ports.resolver(),
            ports.entropy(),
            Own.peerId(ports, config),
            door::port,
            trackers,
            bandwidth,
            connections,
            gate,
            self,
            udp.dht(),
            blocks,
            new FlushQueue(loop),
            Own.extensions(ports, config, udp.dht()),
            encryption,
            new WebAccess(ports.http(), config.outgoing(), config.rules().guard()),
            () -> peerKeys++);
  }

  private Optional<Door.Host> host(Hash hash) {
    return entries.byWire(hash).flatMap(entry -> entry.standby().host());
  }

  void start(Runnable done) {
    loop.after(PUMP_NANOS, this::pump);
    udp.start(door, done);
  }

  /** Adds a torrent, or lets one that could not go on try again with what {@code spec} says. */
  Outcome add(TorrentSpec spec) {
    if (stopped) {
      return new Outcome.Refused("the engine has stopped");
    }
    List<Entry> before = entries.like(spec.hashes());
    if (before.isEmpty()) {
      register(new Entry(numbers++, loop, spec, new Entries()));
      return new Outcome.Done();
    }
    Entry same = before.getFirst();
    if (!same.hashes().equals(spec.hashes())) {
      return new Outcome.Refused("another torrent that is there shares one of its two hashes");
    }
    if (same.isLeaving()) {
      return new Outcome.Refused("it is being removed");
    }
    if (same.fault().isEmpty()) {
      return new Outcome.Refused("it is there already");
    }
    same.replace(spec);
    return new Outcome.Done();
  }

  private void register(Entry entry) {
    entries.add(entry);
    governor.queue().add(entry);
    entry.settle();
  }

  /** Does what the user wants of one torrent; {@code told} is called once, now or later. */
  void command(InfoHashes torrent, Command command, Consumer<Outcome> told) {
    Entry entry = entries.get(torrent);
    if (entry == null || entry.isLeaving()) {
      told.accept(new Outcome.Unknown());
      return;
    }
    if (stopped) {
      told.accept(new Outcome.Refused("the engine has stopped"));
      return;
    }
    wants.run(entry, command, told);
  }

  /** Reads bytes of one torrent, unless {@code told} is over before. */
  void read(
      InfoHashes torrent,
      Storage.Slice slice,
      Consumer<ByteBuffer> bytes,
      CompletableFuture<Outcome> told) {
    Entry entry = entries.get(torrent);
    if (entry == null) {
      told.complete(new Outcome.Unknown());
    } else {
      wants.read(entry, slice, bytes, told);
    }
  }

  /** Lets {@code look} see a torrent and what is remembered. */
  void look(InfoHashes torrent, BiConsumer<Optional<Entry>, Keeper> look) {
    look.accept(entries.find(torrent), keeper);
  }

  /** Peers of one torrent, from outside. */
  Outcome offer(InfoHashes torrent, List<Endpoint> peers) {
    return entries
        .find(torrent)
        .map(entry -> Wants.offer(entry, peers))
        .orElseGet(Outcome.Unknown::new);
  }

  /** Blocks the addresses of {@code filter}, and no others, at once. */
  void filter(IpFilter filter) {
    gate.filter(filter);
    door.refilter();
    List.copyOf(running).forEach(Torrent::refilter);
    List.copyOf(fetching).forEach(Fetching::refilter);
  }

  /** Changes how many connections there may be. */
  void limits(PeerLimits limits) {
    services.connections().limits(limits);
  }

  /** Changes the limits of a torrent while it runs; false if it does not. */
  boolean limits(InfoHashes torrent, TorrentLimits limits) {
    Optional<Torrent> found = entries.find(torrent).flatMap(Entry::torrent);
    found.ifPresent(t -> t.bandwidth().limits(limits, loop.now()));
    return found.isPresent();
  }

  /** What people see of all torrents. Any thread. */
  Snapshots snapshots() {
    return snapshots;
  }

  private void pump() {
    if (stopped) {
      return;
    }
    loop.after(PUMP_NANOS, this::pump);
    pumps++;
    bandwidth.tick(loop.now());
    running.forEach(Torrent::pump);
    if (pumps % PUMPS_PER_SECOND == 0) {
      long now = loop.now();
      door.tick(now);
      udp.tick(now, door.port(), running, fetching);
      running.forEach(t -> t.tick(now));
      openings.tick(now, running, governor.queue()::roomForSeeds, governor::hasShared);
      governor.tick(now, running);
      List.copyOf(fetching).forEach(f -> f.tick(now));
    }
    boolean all = pumps % PUMPS_PER_SECOND == 0;
    running.forEach(torrent -> {
      Entry entry = Objects.requireNonNull(entries.get(torrent.hashes()));
      if (all || !torrent.peers().isEmpty() || entry.last().isBusy()) {
        publish(entry);
      }
    });
    fetching.forEach(f -> publish(f.entry()));
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
          udp.close(done);
        };
    Openings.end(List.copyOf(entries.all()), end);
  }

  Trackers trackers() {
    return trackers;
  }

  /** What it does by datagrams. */
  UdpRun udp() {
    return udp;
  }

  /** How it is. */
  SessionStatus status() {
    return SessionStatus.of(running, services, udp);
  }

  /** What it does by itself. */
  Governor governor() {
    return governor;
  }

  private void act(Entry entry, Command command) {
    command(entry.hashes(), command, outcome -> {});
  }

  private void publish(Entry entry) {
    snapshots.put(entry, loop.now());
  }

  /** What entries need. */
  private final class Entries implements EntryOwner {
    @Override
    public void recall(Entry entry, Consumer<Optional<Resume>> told) {
      keeper.recall(entry.hashes(), told);
    }

    @Override
    public Keeper keeper() {
      return keeper;
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public Torrent run(
        Entry entry, Metainfo metainfo, Storage storage, Optional<Beginning> beginning) {
      TorrentOptions options = options(entry.spec());
      Told told = new Told(entry, keeper, exchange, events);
      Beginning from =
          beginning
              .or(() -> entry.standby().end(services, options.maxPeers()))
              .orElseGet(() -> Beginning.fresh(services, options.maxPeers()));
      return new Torrent(services, metainfo, storage, options, told, from);
    }

    private TorrentOptions options(TorrentSpec spec) {
      return spec.options(config.uploadSlots(), keeper.isDurable());
    }

    @Override
    public Fetching fetch(Entry entry, MagnetSource source) {
      Fetching made =
          new Fetching(entry, this, source, services, options(entry.spec()), metadata, events);
      fetching.add(made);
      return made;
    }

    @Override
    public boolean onFetched(Entry entry, TorrentSpec spec) {
      if (!entries.like(spec.hashes()).stream().allMatch(entry::equals)) {
        return false;
      }
      entries.rename(entry, spec.hashes());
      snapshots.rename(entry, spec.hashes());
      return true;
    }

    @Override
    public void onFetchEnded(Fetching ended) {
      fetching.remove(ended);
    }

    @Override
    public void onChanged(Entry entry) {
      entry.torrent().ifPresent(running::add);
      publish(entry);
      governor.queue().changed(entry, entry.last());
      openings.look(entry);
    }

    @Override
    public Openings openings() {
      return openings;
    }

    @Override
    public boolean mayOpen(Entry entry) {
      return governor.queue().mayOpen(entry);
    }

    @Override
    public void onEnded(Torrent torrent) {
      running.remove(torrent);
    }

    @Override
    public void tell(EngineEvent event) {
      events.accept(event);
    }

    @Override
    public void onGone(Entry entry) {
      entries.remove(entry);
      openings.look(entry);
      governor.queue().gone(entry);
      snapshots.remove(entry);
      exchange.gone(entry.hashes());
      keeper.forget(entry.hashes());
      events.accept(new EngineEvent.Removed(entry.hashes()));
    }
  }
}
