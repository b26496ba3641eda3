package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerContext;
import sluice.engine.peer.PeerProtocol;
import sluice.engine.pick.Picker;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.engine.port.Storage;
import sluice.engine.rate.Quota;
import sluice.engine.rate.TokenBucket;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.KnownPeers;
import sluice.engine.swarm.Source;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceHashes;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.PeerId;

/**
 * One torrent from its first check to its stop: holds the parts and moves from {@link Phase} to
 * {@link Phase}. Loop only.
 */
public final class Torrent {
  private final Services services;
  private final Metainfo metainfo;
  private final PieceHashes pieceHashes;
  private final Storage storage;
  private final TorrentOptions options;
  private final TorrentEvents events;
  private final Picker picker;
  private final Counters counters;
  private final KnownPeers known = new KnownPeers(KnownPeers.DEFAULT_CAPACITY);
  private final ConnectionBudget connections;
  private final PeerContext context;
  private final Connector connector;
  private final Swarm swarm;
  private Phase phase = new Phase.Checking();
  private Optional<Storage.Check> check = Optional.empty();
  private long checkStartedNanos;

  /** A torrent that does nothing until {@link #start}. */
  public Torrent(
      Services services,
      Metainfo metainfo,
      Storage storage,
      TorrentOptions options,
      TorrentEvents events) {
    this.services = services;
    this.metainfo = metainfo;
    this.pieceHashes = PieceHashes.of(metainfo);
    this.storage = storage;
    this.options = options;
    this.events = events;
    long now = services.loop().now();
    PieceLayout layout = layout();
    picker = new Picker(layout, services.entropy());
    counters = new Counters(now);
    connections = services.connections().torrent(options.maxPeers());
    TokenBucket down = new TokenBucket(options.downBytesPerSecond(), now);
    TokenBucket up = new TokenBucket(options.upBytesPerSecond(), now);
    context =
        new PeerContext(
            services.loop(),
            layout,
            storage,
            services.blocks(),
            services.flushes(),
            new Quota(services.down(), down),
            new Quota(services.up(), up));
    swarm =
        new Swarm(
            new Swarm.Parts(
                services,
                layout,
                pieceHashes,
                storage,
                picker,
                counters,
                new Chokes(options.uploadSlots(), services.entropy(), now),
                known,
                new HashService(metainfo),
                options.download()),
            new SwarmOwner());
    connector =
        new Connector(services, hashes(), connections, known, swarm::uploadOnly, this::joinDialled);
  }

  public InfoHashes hashes() {
    return metainfo.info().hashes();
  }

  public Metainfo metainfo() {
    return metainfo;
  }

  public PieceLayout layout() {
    return metainfo.info().layout();
  }

  public Phase phase() {
    return phase;
  }

  public Counters counters() {
    return counters;
  }

  public Picker picker() {
    return picker;
  }

  /** The connected peers. */
  public List<Peer> peers() {
    return swarm.peers().all();
  }

  /** Number of addresses known. */
  public int knownPeers() {
    return known.size();
  }

  /** Checks the data on disk, then downloads or seeds. */
  public void start() {
    assert services.loop().isCurrent();
    int count = layout().pieceCount();
    for (int i = 0; i < count; i++) {
      if (pieceHashes.of(i).isEmpty()) {
        fault(new Fault(Fault.Kind.MISSING, "the torrent file lacks the piece layer of a file"));
        return;
      }
    }
    checkStartedNanos = services.loop().now();
    check =
        Optional.of(
            storage.check(count, i -> pieceHashes.of(i).orElseThrow(), new CheckProgress()));
  }

  /** Accepts a peer that connected and named this torrent; the permit passes here. */
  public void accept(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit) {
    if (!phase.isActive() || known.isBanned(pipe.remote()) || !permit.moveTo(connections)) {
      pipe.close();
      permit.close();
      return;
    }
    pipe.write(ByteBuffer.wrap(HandshakeCodec.encode(connector.ours(theirs.infoHash()))));
    join(pipe, theirs, rest, true, permit, Optional.empty());
  }

  private void joinDialled(
      Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit, Endpoint listening) {
    if (!phase.isActive()) {
      pipe.close();
      permit.close();
      return;
    }
    known.connected(listening, services.loop().now());
    join(pipe, theirs, rest, false, permit, Optional.of(listening));
  }

  private void join(
      Pipe pipe,
      Handshake theirs,
      ByteBuffer rest,
      boolean incoming,
      Permit permit,
      Optional<Endpoint> listening) {
    Optional<Peer> twin = swarm.peers().withId(theirs.peerId());
    if (twin.isPresent()) {
      if (keepsOld(twin.get(), theirs.peerId(), incoming)) {
        pipe.close();
        permit.close();
        listening.ifPresent(e -> known.closed(e, services.loop().now()));
        return;
      }
      twin.get().close();
    }
    int key = services.keys().getAsInt();
    Peer peer = new Peer(key, pipe, theirs, incoming, context, swarm);
    swarm.join(new PeerTable.Entry(peer, permit, listening));
    PeerProtocol.attach(peer, context, services.extensions(), rest);
  }

  /**
   * Of two connections to one peer both ends must keep the same one: the one that the larger peer id
   * dialled; of two that one side dialled, the older.
   */
  private boolean keepsOld(Peer old, PeerId theirs, boolean incoming) {
    return old.incoming() == incoming
        || old.incoming() == theirs.compareTo(services.peerId()) > 0;
  }

  /** A tenth of a second has passed. */
  public void pump() {
    if (phase.isActive()) {
      swarm.pump();
    }
  }

  /** A second has passed. */
  public void tick(long now) {
    connector.tick(now);
    if (phase.isActive()) {
      swarm.tick(now);
      connector.dial();
    }
  }

  /** Offers addresses from outside. */
  public void offer(List<Endpoint> endpoints, Source source) {
    endpoints.forEach(e -> known.offer(e, source));
    if (phase.isActive()) {
      connector.dial();
    }
  }

  /** Leaves the swarm and closes the storage; {@code done} runs once both are over. */
  public void stop(Runnable done) {
    assert services.loop().isCurrent();
    if (!(phase instanceof Phase.Faulted)) {
      phase = new Phase.Stopped();
    }
    leave();
    storage.close(new Closed(done));
  }

  private void leave() {
    check.ifPresent(Storage.Check::cancel);
    connector.stop();
    swarm.end();
    picker.discard();
  }

  private void checked() {
    double seconds = (services.loop().now() - checkStartedNanos) / 1e9;
    events.onChecked(this, seconds, picker.have().count(), layout().pieceCount());
    if (!options.download() || picker.isComplete()) {
      activate(new Phase.Seeding(services.loop().now()));
      return;
    }
    storage.prepare(
        new Storage.DoneHandler() {
          @Override
          public void onDone() {
            if (phase instanceof Phase.Checking) {
              activate(new Phase.Downloading());
            }
          }

          @Override
          public void onFault(Fault fault) {
            fault(fault);
          }
        });
  }

  private void activate(Phase next) {
    phase = next;
    connector.offer(options.peers());
    connector.dial();
  }

  private void fault(Fault fault) {
    if (phase instanceof Phase.Faulted || phase instanceof Phase.Stopped) {
      return;
    }
    phase = new Phase.Faulted(fault);
    leave();
    events.onFaulted(this, fault);
  }

  OptionalInt port() {
    int port = services.port().getAsInt();
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  TorrentEvents events() {
    return events;
  }

  /** Data bytes that are wanted and not there. */
  long left() {
    return picker.missingBytes();
  }

  boolean isPartialSeed() {
    return phase instanceof Phase.Seeding && !picker.have().isFull();
  }

  /** Collects the results of the check. */
  private final class CheckProgress implements Storage.CheckHandler {
    @Override
    public void onChecked(int from, int to, BitSet good) {
      for (int i = good.nextSetBit(from); i >= 0 && i < to; i = good.nextSetBit(i + 1)) {
        if (!picker.have().get(i)) {
          picker.got(i);
        }
      }
    }

    @Override
    public void onEnd() {
      check = Optional.empty();
      if (phase instanceof Phase.Checking) {
        checked();
      }
    }

    @Override
    public void onFault(Fault fault) {
      check = Optional.empty();
      Torrent.this.fault(fault);
    }
  }

  /** What the swarm reports. */
  private final class SwarmOwner implements Swarm.Owner {
    @Override
    public void onComplete() {
      if (!(phase instanceof Phase.Downloading)) {
        return;
      }
      phase = new Phase.Seeding(services.loop().now());
      events.onCompleted(Torrent.this);
    }

    @Override
    public void onFault(Fault fault) {
      Torrent.this.fault(fault);
    }

    @Override
    public void onBanned(Endpoint peer, String reason) {
      events.onBanned(Torrent.this, peer, reason);
    }
  }

  /** The end of the storage; a fault at closing is told and ends it, too. */
  private final class Closed implements Storage.DoneHandler {
    private final Runnable done;

    Closed(Runnable done) {
      this.done = done;
    }

    @Override
    public void onDone() {
      done.run();
    }

    @Override
    public void onFault(Fault fault) {
      events.onFaulted(Torrent.this, fault);
      done.run();
    }
  }
}
