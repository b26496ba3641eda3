package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.announce.Trackers;
import sluice.engine.crypt.Encryption;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeHttp;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FakePool;
import sluice.engine.fake.FakeResolver;
import sluice.engine.fake.FakeStorage;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Extensions;
import sluice.engine.peer.FlushQueue;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerExtension;
import sluice.engine.policy.PeerLimits;
import sluice.engine.policy.Transports;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Fault;
import sluice.engine.rate.Bandwidth;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.TorrentLimits;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ExternalAddress;
import sluice.engine.swarm.Gate;
import sluice.engine.utp.Utp;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceLayer;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PeerId;

/** One torrent in virtual time, of which the test plays the peers. */
final class TorrentWorld implements TorrentEvents {
  final List<Resume> checkpoints = new ArrayList<>();
  static final PeerId OUR_ID = Hosts.id(5_000);
  static final long PUMP_NANOS = 100_000_000L;

  final FakeLoop loop = new FakeLoop();
  final FakeNet net = new FakeNet(loop);
  final FakeHttp http = new FakeHttp(loop);
  final FakeResolver resolver = new FakeResolver(loop);
  final ConnectionBudget connections = ConnectionBudget.session(new PeerLimits(200, 20, 100, 100));
  final Gate gate = new Gate();
  final ExternalAddress self = new ExternalAddress();
  final List<String> told = new ArrayList<>();
  final Content content;
  final FakePool pool;
  final BlockBudget budget;
  final FakeStorage storage;
  final Services services;
  private int keys;
  private int pumps;
  private Optional<Torrent> torrent = Optional.empty();

  TorrentWorld(Content content, int poolBlocks) {
    this(content, poolBlocks, EncryptionPolicy.OFF);
  }

  TorrentWorld(Content content, int poolBlocks, EncryptionPolicy policy) {
    this(content, poolBlocks, policy, List.of());
  }

  TorrentWorld(
      Content content, int poolBlocks, EncryptionPolicy policy, List<PeerExtension> extensions) {
    this.content = content;
    pool = new FakePool(poolBlocks);
    budget = new BlockBudget(pool);
    storage = new FakeStorage(loop, pool, content);
    FakeEntropy entropy = new FakeEntropy(11);
    services =
        new Services(
            loop,
            new Ways(net, new Utp(loop, net, entropy), Transports.TCP),
            resolver,
            entropy,
            OUR_ID,
            () -> 6_881,
            new Trackers(
                loop, net, http, resolver, entropy, Optional.empty(), List.of(), UrlGuard.NORMAL),
            new Bandwidth(BandwidthPlan.UNLIMITED, loop.now()),
            connections,
            gate,
            self,
            new Dht(loop, net, resolver, entropy, self, barred -> false, DhtConfig.OFF),
            budget,
            new FlushQueue(loop),
            new Extensions("Test/1", node -> {}, extensions, true),
            new Encryption(loop, entropy, policy, budget::takeSpare),
            new WebAccess(http, Optional.empty(), UrlGuard.NORMAL),
            () -> keys++);
  }

  static TorrentOptions options(boolean download) {
    return new TorrentOptions(download, false, List.of(), TorrentLimits.of(0, 0), 50, 8);
  }

  Torrent torrent() {
    return torrent.orElseThrow();
  }

  Torrent start() {
    return start(content.metainfo(), options(true));
  }

  Torrent start(Metainfo metainfo, TorrentOptions options) {
    return start(metainfo, options, Optional.empty());
  }

  Torrent start(Metainfo metainfo, TorrentOptions options, Optional<Resume> resume) {
    Torrent made =
        new Torrent(
            services,
            metainfo,
            storage,
            options,
            this,
            Beginning.fresh(services, options.maxPeers()));
    torrent = Optional.of(made);
    made.start(resume);
    loop.run(0);
    return made;
  }

  Handshake handshake(int n, boolean fast, boolean extensions) {
    return new Handshake(
        extensions, fast, false, false, torrent().hashes().wire().getFirst(), Hosts.id(n));
  }

  /** Peer {@code n} connects to us. */
  FarPeer join(int n, boolean fast) {
    return join(Hosts.host(n), handshake(n, fast, false));
  }

  FarPeer join(Endpoint from, Handshake theirs) {
    FakePipe pipe = new FakePipe(loop, from);
    torrent().accept(pipe, theirs, ByteBuffer.allocate(0), connections.accept().orElseThrow());
    loop.run(0);
    FarPeer far = new FarPeer(pipe);
    if (!pipe.isClosed()) {
      far.hearHandshake();
    }
    return far;
  }

  /** A peer with fast that has everything and has unchoked us. */
  FarPeer seed(int n) {
    FarPeer far = join(n, true);
    far.say(new Message.HaveAll(), new Message.Unchoke());
    return far;
  }

  /** Our side of the connection with the peer at {@code far}. */
  Peer near(FarPeer far) {
    return torrent().peers().stream()
        .filter(p -> p.endpoint().equals(far.pipe().remote()))
        .findFirst()
        .orElseThrow();
  }

  /** Lets a tenth of a second pass, with the pumps and ticks of a session. */
  void pump() {
    loop.run(PUMP_NANOS);
    torrent().pump();
    if (++pumps % 10 == 0) {
      torrent().tick(loop.now());
    }
    loop.run(0);
  }

  /** Lets seconds pass, in which {@code servers} answer requests. */
  void run(int seconds, FarPeer... servers) {
    for (int i = 0; i < seconds * 10; i++) {
      pump();
      for (FarPeer server : servers) {
        serve(server);
      }
      loop.run(0);
    }
  }

  /** Answers what {@code far} was asked for. */
  void serve(FarPeer far) {
    for (Message.Request request : far.heard(Message.Request.class)) {
      far.sayBlock(request.piece(), request.begin(), block(request));
      loop.run(0);
    }
  }

  byte[] block(Message.Request request) {
    return content.slice(request.piece(), request.begin(), request.length());
  }

  static Message.Request request(int piece, int block) {
    return new Message.Request(piece, block * PieceLayout.BLOCK, PieceLayout.BLOCK);
  }

  /** All block memory is free and nothing is promised. */
  boolean isClean() {
    return pool.available() == pool.capacity() && budget.receiving() == 0;
  }

  @Override
  public void onChecked(Torrent t, double seconds, int have, int pieces) {
    told.add("checked " + have + "/" + pieces);
  }

  @Override
  public void onCompleted(Torrent t) {
    told.add("completed");
  }

  @Override
  public void onLost(Torrent t, int pieces) {
    told.add("lost " + pieces);
  }

  @Override
  public void onFaulted(Torrent t, Fault fault) {
    told.add("faulted " + fault.kind());
  }

  @Override
  public void onTracker(Torrent t, TrackerAnswer answer) {
    told.add("tracker " + answer.url());
  }

  @Override
  public void onTrackerFailed(Torrent t, String url, String message) {
    told.add("tracker failed " + url);
  }

  @Override
  public void onWebSeed(Torrent t, String url, String message, boolean dropped) {
    told.add("web seed " + url + " " + message + (dropped ? ", dropped" : ""));
  }

  @Override
  public void onBanned(Torrent t, Endpoint peer, String reason) {
    told.add("banned " + peer);
  }

  @Override
  public void onLayers(Torrent t, Map<Hash, PieceLayer> layers) {
    told.add("layers " + layers.size());
  }

  public void onWritten(Torrent torrent, int piece) {}

  @Override
  public void onCheckpoint(Torrent torrent, Resume resume, Done done) {
    checkpoints.add(resume);
  }

  @Override
  public void onCounters(Torrent torrent, Totals totals, Done done) {}
}
