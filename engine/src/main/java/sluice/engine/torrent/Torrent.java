package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.engine.hash.HashBook;
import sluice.engine.peer.Peer;
import sluice.engine.pick.Picker;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.engine.port.Storage;
import sluice.engine.rate.TorrentBandwidth;
import sluice.engine.sibling.Siblings;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.KnownPeers;
import sluice.engine.swarm.Source;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Handshake;

/**
 * One torrent from its first check to its stop: holds the parts and moves from {@link Phase} to
 * {@link Phase}. Loop only.
 */
public final class Torrent {
  private static final int WANT_PEERS_BELOW = 10;

  private final Services services;
  private final Metainfo metainfo;
  private final TorrentOptions options;
  private final TorrentEvents events;
  private final Picker picker;
  private final Counters counters;
  private final Chokes chokes;
  private final TorrentBandwidth bandwidth;
  private final Beginning beginning;
  private final KnownPeers known;
  private final Admission admission;
  private final Connector connector;
  private final Swarm swarm;
  private Phase phase = new Phase.Checking();
  private final Announcing announcing;
  private final Inventory inventory;
  private final Checkpoint checkpoint;
  private final Vigil vigil;
  private final Ending ending;

  /** Whether the data on disk were looked at to the end. */
  private boolean looked;

  /**
   * A torrent that does nothing until {@link #start}.
   *
   * @param beginning what it has already
   */
  public Torrent(
      Services services,
      Metainfo metainfo,
      Storage storage,
      TorrentOptions options,
      TorrentEvents events,
      Beginning beginning) {
    this.beginning = beginning;
    this.known = beginning.known();
    this.announcing = beginning.announcing(services, new Announces(this, events));
    this.services = services;
    this.metainfo = metainfo;
    HashBook book = new HashBook(metainfo);
    this.options = options;
    this.events = events;
    long now = services.loop().now();
    PieceLayout layout = layout();
    picker = new Picker(layout, services.entropy());
    counters = new Counters(now);
    chokes = new Chokes(options.uploadSlots(), layout.dataLength(), services.entropy(), now);
    ConnectionBudget connections = beginning.connections();
    bandwidth = new TorrentBandwidth(services.bandwidth(), options.limits(), now);
    swarm =
        new Swarm(
            new SwarmParts(
                services,
                metainfo.info(),
                options.picking(),
                book,
                storage,
                hashes(),
                picker,
                counters,
                chokes,
                known,
                new MetadataService(metainfo.info()),
                WebSide.Options.of(metainfo, options, bandwidth),
                new Notices(this, events),
                options.download()),
            new SwarmOwner());
    admission =
        new Admission(
            services, connections, known, services.context(layout, storage), bandwidth, swarm);
    ending =
        new Ending(
            services.loop(), storage, swarm::isWriting, fault -> events.onFaulted(this, fault));
    Found found = new Found(picker, this::checked, this::fault);
    inventory = new Inventory(services.loop(), metainfo, book, storage, found);
    checkpoint = checkpoint(storage);
    Guarded guarded = new Guarded(this, book, checkpoint, events, this::fault);
    vigil = new Vigil(services.loop(), metainfo.info(), storage, guarded);
    boolean open = services.dht().isOn() && !metainfo.info().isPrivate();
    connector = new Connector(services, hashes(), open, connections, known, swarm, this::dialled);
  }

  private Checkpoint checkpoint(Storage storage) {
    return new Checkpoint(
        services.loop(),
        storage,
        options.durable(),
        picker.have(),
        swarm.unfinished(),
        new Progress(this, events, this::fault));
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

  /** What it has done since it was added. */
  public Totals totals() {
    return counters.totals(services.loop().now());
  }

  public Picker picker() {
    return picker;
  }

  /** The connected peers. */
  public List<Peer> peers() {
    return swarm.peers().all();
  }

  /** Why {@code peer}, which is not choked, has its slot. */
  public SlotKind slot(Peer peer) {
    return chokes.kind(peer);
  }

  /** The limits of the torrent and its peers; they may be changed at any time. */
  public TorrentBandwidth bandwidth() {
    return bandwidth;
  }

  /** Has at most so many connections; those that are too many are closed within a second. */
  public void maxPeers(int most) {
    beginning.connections().most(most);
  }

  /** What is wanted of it and in which order; it may be changed at any time. */
  public Wishes wishes() {
    return swarm.wishes();
  }

  /** The torrents of the session that have common content with it. */
  public Siblings siblings() {
    return swarm.siblings();
  }

  /** Its files may be at another place. */
  public void relocated() {
    checkpoint.relocated();
  }

  /** Number of addresses known. */
  public int knownPeers() {
    return known.size();
  }

  /**
   * Looks at the data on disk, then downloads or seeds. Pieces whose hashes are not known are
   * checked when peers have told the hashes.
   *
   * @param resume what is known of the data; without it all are checked
   */
  public void start(Optional<Resume> resume) {
    assert services.loop().isCurrent();
    resume.ifPresent(r -> {
      counters.before(r.totals());
      swarm.unfinished().before(r.unfinished());
    });
    wishes().begin(() -> inventory.start(resume));
  }

  /** Accepts a peer that connected and named this torrent; the permit passes here. */
  public void accept(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit) {
    if (lets(pipe, permit)) {
      admission.accept(pipe, theirs, rest, permit, connector.answer(theirs));
    }
  }

  private void dialled(
      Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit, Endpoint listening) {
    if (lets(pipe, permit)) {
      admission.dialled(pipe, theirs, rest, permit, listening);
    }
  }

  private boolean lets(Pipe pipe, Permit permit) {
    if (!phase.isActive()) {
      pipe.close();
      permit.close();
    }
    return phase.isActive();
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
    checkpoint.tick(now);
    vigil.tick(now);
    if (phase.isActive()) {
      swarm.tick(now);
      connector.dial();
      if (!swarm.uploadOnly() && known.size() < WANT_PEERS_BELOW) {
        announcing.wantPeers();
      }
    }
  }

  /** Its announces. */
  public Announcing announcing() {
    return announcing;
  }

  /** Offers addresses from outside. */
  public void offer(List<Endpoint> endpoints, Source source) {
    endpoints.forEach(e -> known.offer(e, source));
    if (phase.isActive()) {
      connector.dial();
    }
  }

  /** The gate has changed: forgets and leaves who is blocked. */
  public void refilter() {
    known.dropBarred();
    connector.refilter();
    swarm.refilter();
  }

  /**
   * Leaves the swarm and closes the storage; {@code done} runs once both are over. May be called
   * again.
   */
  public void stop(Runnable done) {
    assert services.loop().isCurrent();
    if (ending.ask(done)) {
      announcing.stop(end());
    }
  }

  /** Closes the storage as {@link #stop} does, but goes on to be announced. */
  public Absence sleep(Absence.Listener listener, Runnable done) {
    assert services.loop().isCurrent();
    Absence absence = new Absence(announcing, listener);
    if (ending.ask(done)) {
      end().run();
    }
    return absence;
  }

  /** Nothing is done any more; what is given closes the storage. */
  private Runnable end() {
    boolean sound = looked && !(phase instanceof Phase.Faulted);
    if (!(phase instanceof Phase.Faulted)) {
      become(new Phase.Stopped());
      swarm.unfinished().end();
    }
    leave();
    return () -> ending.close(sound ? checkpoint::end : Runnable::run);
  }

  private void leave() {
    inventory.cancel();
    beginning.abandon();
    connector.stop();
    swarm.end();
    picker.discard();
  }

  private void checked(double seconds) {
    if (!(phase instanceof Phase.Checking)) {
      return;
    }
    looked = true;
    events.onChecked(this, seconds, picker.have().count(), layout().pieceCount());
    events.onLooked(
        this,
        () -> {
          if (phase instanceof Phase.Checking) {
            looked();
          }
        });
  }

  private void looked() {
    if (!options.download() || picker.isComplete()) {
      activate(new Phase.Seeding(services.loop().now()));
      return;
    }
    wishes()
        .prepare(() -> {
          if (phase instanceof Phase.Checking) {
            activate(new Phase.Downloading());
          }
        });
  }

  private void become(Phase next) {
    counters.enter(next, services.loop().now());
    checkpoint.enter(next);
    vigil.enter(next);
    phase = next;
  }

  private void activate(Phase next) {
    become(next);
    swarm.begin();
    beginning.admit(admission);
    announcing.start(metainfo, options.trackers());
    connector.offer(options.peers());
    connector.dial();
  }

  private void fault(Fault fault) {
    if (phase instanceof Phase.Faulted || phase instanceof Phase.Stopped) {
      return;
    }
    become(new Phase.Faulted(fault));
    swarm.unfinished().fault();
    leave();
    announcing.stop(() -> {});
    events.onFaulted(this, fault);
  }

  /** What the swarm reports. */
  private final class SwarmOwner implements SwarmListener {
    @Override
    public void onWritten(int piece) {
      checkpoint.written(piece, layout().pieceDataBytes(piece));
    }

    @Override
    public void onComplete() {
      if (!(phase instanceof Phase.Downloading)) {
        return;
      }
      become(new Phase.Seeding(services.loop().now()));
      if (counters.downloaded() > 0 && picker.have().isFull()) {
        announcing.completed();
      }
      events.onCompleted(Torrent.this);
    }

    @Override
    public void onReopened() {
      if (phase instanceof Phase.Seeding && options.download()) {
        become(new Phase.Downloading());
        announcing.wantPeers();
      }
    }

    @Override
    public void onFault(Fault fault) {
      Torrent.this.fault(fault);
    }
  }
}
