package sluice.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import sluice.engine.dht.Dht;
import sluice.engine.policy.ShareRule;
import sluice.engine.port.Storage;
import sluice.engine.session.Command;
import sluice.engine.session.Engine;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.Outcome;
import sluice.engine.session.PeerSnapshot;
import sluice.engine.session.PieceMap;
import sluice.engine.session.Ports;
import sluice.engine.session.QueueMove;
import sluice.engine.session.SnapshotChanges;
import sluice.engine.session.TorrentFiles;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.filter.IpFilter;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.magnet.MagnetParser;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.state.StartReport;
import sluice.state.fault.FaultPoint;
import sluice.storage.file.Disk;
import sluice.storage.pool.SlabPool;
import sluice.transport.Transport;

/**
 * A BitTorrent client: an engine with its network, its disk and, if the configuration names a
 * folder, a state that survives crashes. Closing it says goodbye to the network and ends all
 * threads. Any thread may call it.
 */
public final class Client implements AutoCloseable {
  private final Transport transport;
  private final SlabPool pool;
  private final Disk disk;
  private final Engine engine;
  final Torrents torrents;
  private final SessionPolicies policies;
  private final Subscriptions subscriptions;
  private final Web web;
  private final Names names = new Names();

  /** Torrents with a storage of their own; they are not among {@link #torrents}. */
  private final Guests guests = new Guests();

  private final Completions completions = new Completions(this::snapshot);
  private final EventGate gate;
  private final KeptNodes nodes;
  private final Consumer<EngineEvent> listener;
  private final List<EventStream> streams = new CopyOnWriteArrayList<>();
  private volatile int port;
  private boolean closed;

  private Client(ClientConfig config, Startup startup) {
    listener = startup.events();
    torrents = Torrents.open(config.state());
    try {
      transport = Transport.open(config.transport());
    } catch (RuntimeException e) {
      torrents.close();
      throw e;
    }
    web = new Web(transport);
    pool = new SlabPool(config.poolBytes());
    disk = new Disk(pool, Disk.Config.defaults());
    torrents.bind(disk, transport.loop());
    gate = new EventGate(transport.loop(), this::tell);
    Ports ports = startup.ports(transport, pool);
    engine = new Engine(ports, config.engine(), torrents.keeper(), this::onEvent);
    policies = new SessionPolicies(engine, torrents);
    subscriptions =
        new Subscriptions(this, torrents, event -> transport.loop().execute(() -> onEvent(event)));
    nodes = new KeptNodes(engine, torrents, transport.loop());
  }

  /** Starts a client as {@link #open(ClientConfig, Startup)} does; nobody learns anything of it. */
  public static Client open(ClientConfig config) {
    return open(config, Startup.QUIET);
  }

  /**
   * Starts a client of which {@code startup} learns everything; the torrents of its state go on.
   *
   * @throws sluice.state.fault.StateException when the folder is in use, or damaged beyond repair
   */
  public static Client open(ClientConfig config, Startup startup) {
    Client client = new Client(config, startup);
    try {
      client.begin(config, startup);
      return client;
    } catch (ClientException e) {
      client.close();
      throw e;
    }
  }

  private void begin(ClientConfig config, Startup startup) {
    block(config.blocked());
    policies.restore();
    startup.share().ifPresent(engine::share);
    nodes.restore();
    CompletionStage<?> started = engine.start();
    if (!transport.isWaiting()) {
      started.toCompletableFuture().join();
    }
    engine.gather(true);
    torrents.each(spec -> engine.add(startup.kept().apply(spec))).toCompletableFuture().join();
    engine.gather(false);
    subscriptions.restore();
  }

  /**
   * Adds a torrent and downloads it; what is in {@code folder} already is checked and kept. With a
   * state folder, the torrent is there after a crash once this returns.
   *
   * @throws ClientException when the file is not a torrent, or the torrent is there already
   */
  public TorrentHandle add(Path torrentFile, Path folder) throws IOException {
    return add(Files.readAllBytes(torrentFile), AddOptions.into(folder));
  }

  /** Adds a torrent of which the bytes of its file are given; see {@link #add(Path, Path)}. */
  public TorrentHandle add(byte[] torrentFile, AddOptions options) {
    try {
      return join(torrents.add(torrentFile, options, engine::add));
    } catch (MetainfoException e) {
      throw new ClientException("not a torrent file: " + e.getMessage(), e);
    }
  }

  /** Adds a torrent with what another program knows of its data, which are not checked again. */
  public TorrentHandle add(byte[] torrentFile, AddOptions options, Brought brought) {
    try {
      return join(torrents.add(torrentFile, options, brought, engine::add));
    } catch (MetainfoException e) {
      throw new ClientException("not a torrent file: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a torrent of which only {@code magnet} is known: its metadata are fetched of peers, then
   * it goes on like any other. With a state folder, the magnet is there after a crash once this
   * returns, and the metadata once {@link EngineEvent.MetadataReceived} is told.
   *
   * @throws ClientException when the torrent is there already
   */
  public TorrentHandle add(Magnet magnet, AddOptions options) {
    return join(torrents.add(magnet, options, engine::add));
  }

  /** Adds a torrent by its magnet link; see {@link #add(Magnet, AddOptions)}. */
  public TorrentHandle add(String magnetUri, AddOptions options) {
    try {
      return add(MagnetParser.parse(magnetUri), options);
    } catch (MagnetException e) {
      throw new ClientException("not a magnet link: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a torrent whose data are kept by {@code storage} instead of in files. It is forgotten when
   * the client ends, and the folder of {@code options} means nothing.
   *
   * @throws ClientException when the file is not a torrent, or the torrent is there already
   */
  public TorrentHandle add(byte[] torrentFile, AddOptions options, StorageMaker storage) {
    try {
      Guests.Storages storages = metainfo -> storage.open(metainfo, transport.loop(), pool);
      return join(guests.add(torrentFile, options, storages, engine::add));
    } catch (MetainfoException e) {
      throw new ClientException("not a torrent file: " + e.getMessage(), e);
    }
  }

  private TorrentHandle join(CompletionStage<InfoHashes> added) {
    try {
      return new TorrentHandle(this, added.toCompletableFuture().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ClientException known) {
        throw known;
      }
      throw e;
    }
  }

  /** Exchanges nothing with those of {@code filter} from here on; see {@link FilterFile}. */
  public CompletionStage<Void> block(IpFilter filter) {
    return engine.filter(filter);
  }

  /** What it does by itself; may be changed at any time. */
  public SessionPolicies policies() {
    return policies;
  }

  /** Requests over the web by the ways of this client. */
  public Web web() {
    return web;
  }

  /** Links that are followed wherever their owners point them (BEP 46). */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** All torrents, in the order in which they were added. */
  public List<TorrentHandle> torrents() {
    return engine.snapshot().stream().map(s -> new TorrentHandle(this, s.torrent())).toList();
  }

  /** One of them, as it was added or as it is called since. */
  public Optional<TorrentHandle> torrent(InfoHashes torrent) {
    return snapshot(torrent).map(s -> new TorrentHandle(this, torrent));
  }

  /** What the state folder says of all torrents; nothing without one. Reads files. */
  public List<TorrentRecord> records() {
    return torrents.records();
  }

  /** All torrents as of at most 100 ms ago, or a second where nothing is exchanged. */
  public List<TorrentSnapshot> snapshot() {
    return engine.snapshot();
  }

  /** What changed in them since the version {@code seen}; 0 for everything. Costs what changed. */
  public SnapshotChanges changes(long seen) {
    return engine.changes(seen);
  }

  /** The torrent that was added as {@code torrent}, whatever it is called since. */
  Optional<TorrentSnapshot> snapshot(InfoHashes torrent) {
    InfoHashes name = current(torrent);
    Optional<TorrentSnapshot> found = engine.snapshot(name);
    // It may have got its name between the two steps.
    return found.isPresent() || name.equals(current(torrent))
        ? found
        : engine.snapshot(current(torrent));
  }

  /** What is known of the torrent that was added as {@code torrent}; may read a file. */
  Optional<Metainfo> metainfo(InfoHashes torrent) {
    InfoHashes name = current(torrent);
    Optional<Metainfo> guest = guests.metainfo(name);
    return guest.isPresent() ? guest : torrents.metainfo(name);
  }

  InfoHashes current(InfoHashes torrent) {
    return names.current(torrent);
  }

  /** What happens from here on, for one reader who closes it. */
  public EventStream events() {
    EventStream stream = new EventStream(streams::remove);
    streams.add(stream);
    return stream;
  }

  /** How the state folder was found; empty without one. */
  public Optional<StartReport> stateReport() {
    return torrents.report();
  }

  CompletionStage<Void> command(InfoHashes torrent, Command command) {
    return torrents
        .record(torrent, command)
        .thenCompose(recorded -> {
          FaultPoint.pass("client-wish");
          return engine.command(torrent, command);
        })
        .thenCompose(Specs::settled);
  }

  CompletionStage<Void> move(InfoHashes torrent, QueueMove move) {
    return engine
        .move(torrent, move)
        .thenCompose(torrents::places)
        .thenCompose(done -> CompletableFuture.completedFuture(null));
  }

  CompletionStage<Void> share(InfoHashes torrent, ShareRule rule) {
    return torrents
        .share(torrent, rule)
        .thenCompose(recorded -> engine.share(torrent, rule))
        .thenCompose(there -> Specs.settled(there ? new Outcome.Done() : new Outcome.Unknown()));
  }

  CompletionStage<Void> offer(InfoHashes torrent, List<Endpoint> peers) {
    return engine.offer(torrent, peers).thenCompose(Specs::settled);
  }

  CompletableFuture<Outcome> read(
      InfoHashes torrent, Storage.Slice slice, Consumer<ByteBuffer> bytes) {
    return engine.read(torrent, slice, bytes);
  }

  CompletionStage<List<PeerSnapshot>> peers(InfoHashes torrent) {
    return engine.peers(torrent);
  }

  CompletionStage<Optional<PieceMap>> pieces(InfoHashes torrent) {
    return engine.pieces(torrent);
  }

  CompletionStage<ScrapeReply> scrape(String tracker, InfoHashes torrent) {
    return engine.scrape(tracker, torrent.wire());
  }

  CompletionStage<Optional<TorrentFiles>> files(InfoHashes torrent) {
    return engine.files(torrent);
  }

  Completions completions() {
    return completions;
  }

  /** The port at which peers are accepted; 0 if there is none. */
  public int port() {
    return port;
  }

  private void onEvent(EngineEvent event) {
    if (event instanceof EngineEvent.Listening(var local) && port == 0) {
      port = local.port();
    }
    if (event instanceof EngineEvent.MetadataReceived(var before, var metainfo, var s)) {
      names.renamed(before, metainfo.info().hashes());
      completions.renamed(before, metainfo.info().hashes());
    }
    gate.pass(event, torrents.told(event));
  }

  private void tell(EngineEvent event) {
    if (event instanceof EngineEvent.Removed(var torrent)) {
      names.removed(torrent);
      guests.remove(torrent);
    }
    completions.on(event);
    listener.accept(event);
    streams.forEach(stream -> stream.offer(event));
  }

  /** Does something with the DHT of the session, on the loop. */
  public void dht(Consumer<Dht> task) {
    engine.dht(task);
  }

  /** Tells how it is, on the loop. */
  public void status(Consumer<ClientStatus> told) {
    engine.status(session ->
        told.accept(new ClientStatus(session, disk.status(), pool.capacity() - pool.available())));
  }

  /** Says goodbye to trackers and peers, records all progress and ends all threads. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    subscriptions.close();
    nodes.save().toCompletableFuture().join();
    engine.stop().toCompletableFuture().join();
    completions.close();
    transport.close();
    disk.close();
    torrents.close();
  }
}
