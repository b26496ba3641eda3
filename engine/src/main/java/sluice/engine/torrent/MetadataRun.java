package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.engine.announce.Announcer;
import sluice.engine.metadata.MemoryBudget;
import sluice.engine.metadata.MetadataFetch;
import sluice.engine.pex.Meetings;
import sluice.engine.pex.PeerExchange;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.engine.rate.Quota;
import sluice.engine.rate.TorrentBandwidth;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.KnownPeers;
import sluice.engine.swarm.Source;
import sluice.protocol.address.Endpoint;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexMessage;

/**
 * A torrent of which only a magnet is known: finds peers and fetches the metadata of them. Then it
 * gives everything, connections included, to the torrent. Loop only.
 */
public final class MetadataRun {
  private static final int WANT_PEERS_BELOW = 10;

  /** Told to trackers as what is left, for nothing is known and 0 would be a seed. */
  private static final long LEFT_BYTES = MetadataMessage.PIECE;

  private final Services services;
  private final MagnetMetadata magnet;
  private final TorrentOptions options;
  private final Memory memory;
  private final Owner owner;
  private final KnownPeers known;
  private final ConnectionBudget connections;
  private final TorrentBandwidth bandwidth;
  private final Connector connector;
  private final Announcing announcing;
  private final MetadataFetch fetch;
  private final List<MetadataPeer> peers = new ArrayList<>();
  private final Meetings meetings = new Meetings(() -> peers);
  private Optional<Beginning> beginning = Optional.empty();
  private boolean over;

  /**
   * Memory that all magnets of a session share.
   *
   * @param metadata for what is being fetched
   * @param messages for what peers said and is not understood yet
   */
  public record Memory(MemoryBudget metadata, MemoryBudget messages) {
    private static final long METADATA_BYTES = 30L << 20;
    private static final long MESSAGES_BYTES = 16L << 20;

    /** The memory of a session. */
    public static Memory ofSession() {
      return new Memory(new MemoryBudget(METADATA_BYTES), new MemoryBudget(MESSAGES_BYTES));
    }
  }

  /** Who wants the torrent. */
  public interface Owner {
    /** The metadata are there; a torrent is to be made of them with {@code beginning}. */
    void onMetadata(Metainfo metainfo, Beginning beginning);

    /** The metadata are there and cannot be used. */
    void onFaulted(Fault fault);

    /** A tracker answered. */
    void onTracker(TrackerAnswer answer);

    /** A tracker could not be used. */
    void onTrackerFailed(String url, String message);

    /** A peer was banned. */
    void onBanned(Endpoint peer, String reason);
  }

  /** A run that does nothing until {@link #start}. */
  public MetadataRun(
      Services services, Magnet magnet, TorrentOptions options, Memory memory, Owner owner) {
    this.services = services;
    this.known = new KnownPeers(KnownPeers.DEFAULT_CAPACITY, services.gate()::blocks);
    this.magnet = new MagnetMetadata(magnet);
    this.options = options;
    this.memory = memory;
    this.owner = owner;
    this.bandwidth =
        new TorrentBandwidth(services.bandwidth(), options.limits(), services.loop().now());
    this.connections = services.connections().torrent(options.maxPeers());
    this.connector =
        new Connector(
            services,
            magnet.hashes(),
            services.dht().isOn(),
            connections,
            known,
            new Side(),
            this::dialled);
    this.announcing = new Announcing(services, new Heard());
    this.fetch = new MetadataFetch(memory.metadata(), this.magnet::isRight, this::received);
  }

  /** Its announces. */
  public Announcing announcing() {
    return announcing;
  }

  /** What the magnet says. */
  public InfoHashes hashes() {
    return magnet.magnet().hashes();
  }

  /** How far it is. */
  public MetadataFetch.Progress progress() {
    return fetch.progress();
  }

  /** The gate has changed: forgets and leaves who is blocked. */
  public void refilter() {
    known.dropBarred();
    connector.refilter();
    for (MetadataPeer peer : List.copyOf(peers)) {
      if (services.gate().blocks(peer.address())) {
        peer.close("blocked");
      }
    }
  }

  /** Number of connected peers. */
  public int peers() {
    return peers.size();
  }

  /** Number of addresses known. */
  public int knownPeers() {
    return known.size();
  }

  /** Looks for peers. */
  public void start() {
    assert services.loop().isCurrent();
    if (options.trackers()) {
      announcing.start(hashes().wire(), magnet.tiers());
    }
    announcing.list(hashes().wire());
    connector.offer(options.peers());
    connector.offer(magnet.magnet().peers());
    connector.dial();
  }

  /** Peers that the user knows. */
  public void offer(List<Endpoint> endpoints) {
    endpoints.forEach(e -> known.offer(e, Source.USER));
    connector.dial();
  }

  /** Accepts a peer that connected and named this torrent; the permit passes here. */
  public void accept(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit) {
    boolean self = theirs.peerId().equals(services.peerId());
    if (over || self || known.isBanned(pipe.remote()) || !permit.moveTo(connections)) {
      pipe.close();
      permit.close();
      return;
    }
    pipe.write(ByteBuffer.wrap(HandshakeCodec.encode(connector.ours(theirs.infoHash()))));
    pipe.flush();
    join(new MetadataPeer.Connection(pipe, theirs, true, permit, Optional.empty()), rest);
  }

  private void dialled(
      Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit, Endpoint listening) {
    if (over || known.isBanned(listening)) {
      pipe.close();
      permit.close();
      return;
    }
    boolean first = known.connected(listening, services.loop().now());
    Optional<Endpoint> at = first ? Optional.of(listening) : Optional.empty();
    join(new MetadataPeer.Connection(pipe, theirs, false, permit, at), rest);
  }

  /** Of two connections with one peer the older one stays until there is a torrent to decide. */
  private void join(MetadataPeer.Connection connection, ByteBuffer rest) {
    boolean twin =
        peers.stream()
            .anyMatch(p -> p.connection().theirs().peerId().equals(connection.theirs().peerId()));
    if (twin) {
      connection.pipe().close();
      connection.permit().close();
      connection.listening().ifPresent(e -> known.closed(e, services.loop().now()));
      return;
    }
    Quota down = bandwidth.down(connection.pipe().remote());
    MetadataPeer peer =
        new MetadataPeer(services, connection, down, memory.messages(), new PeerOwner());
    peers.add(peer);
    peer.attach(rest);
  }

  /** A second has passed. */
  public void tick(long now) {
    if (over) {
      return;
    }
    connector.tick(now);
    peers.forEach(peer -> peer.tick(now));
    meetings.tick(now);
    fetch.tick(now);
    connector.dial();
    if (known.size() < WANT_PEERS_BELOW) {
      announcing.wantPeers();
    }
  }

  /** Offers addresses from outside. */
  public void offer(List<Endpoint> endpoints, Source source) {
    if (!over) {
      endpoints.forEach(e -> known.offer(e, source));
      connector.dial();
    }
  }

  /** Leaves the swarm; {@code done} runs after that. Does not touch what a torrent has taken. */
  public void stop(Runnable done) {
    assert services.loop().isCurrent();
    if (beginning.isPresent()) {
      done.run();
      return;
    }
    end();
    List.copyOf(peers).forEach(peer -> peer.close("stopped"));
    announcing.stop(done);
  }

  private void end() {
    over = true;
    connector.stop();
    fetch.close();
  }

  private void received(byte[] info) {
    end();
    switch (magnet.read(info)) {
      case MagnetMetadata.Read.Unusable(String reason) -> {
        List.copyOf(peers).forEach(peer -> peer.close("the metadata cannot be used"));
        announcing.stop(() -> {});
        owner.onFaulted(new Fault(Fault.Kind.BAD_ANSWER, reason));
      }
      case MagnetMetadata.Read.Good(Metainfo metainfo) -> begin(metainfo);
    }
  }

  private void begin(Metainfo metainfo) {
    if (metainfo.info().isPrivate()) {
      closeAll(new HashSet<>(known.onlyPrivate()));
      announcing.unlist();
    }
    peers.forEach(MetadataPeer::park);
    Beginning all = new Beginning(known, connections, Optional.of(announcing), peers);
    beginning = Optional.of(all);
    owner.onMetadata(metainfo, all);
  }

  /** Leaves who was dialled at one of these addresses. */
  private void closeAll(Set<Endpoint> found) {
    for (MetadataPeer peer : List.copyOf(peers)) {
      if (peer.connection().listening().filter(found::contains).isPresent()) {
        peer.close("the torrent is private");
      }
    }
  }

  /** Goes on with metadata that somebody else has. */
  public void give(Metainfo metainfo) {
    if (!over) {
      end();
      begin(metainfo);
    }
  }

  /** What peers do. */
  private final class PeerOwner implements MetadataPeer.Owner {
    @Override
    public void onOffer(MetadataPeer peer, int size) {
      fetch.offer(peer, size, services.loop().now());
    }

    @Override
    public void onWithdrawn(MetadataPeer peer) {
      fetch.left(peer, services.loop().now());
    }

    @Override
    public void onMetadata(MetadataPeer peer, MetadataMessage message) {
      long now = services.loop().now();
      switch (message) {
        case MetadataMessage.Request(int piece) -> peer.answer(new MetadataMessage.Reject(piece));
        case MetadataMessage.Data data -> fetch.data(peer, data, now);
        case MetadataMessage.Reject(int piece) -> fetch.reject(peer, piece, now);
        case MetadataMessage.Unknown u -> {}
      }
    }

    @Override
    public void onPeerExchange(MetadataPeer peer, PexMessage message) {
      PeerExchange.take(message, PexMessage.MAX_CONTACTS, peer.address(), known);
    }

    @Override
    public void onHolepunch(MetadataPeer peer, HolepunchMessage message) {
      meetings.onMessage(peer, message, services.loop().now());
    }

    @Override
    public void onLiar(MetadataPeer peer, String reason) {
      MetadataPeer.Connection connection = peer.connection();
      Endpoint liar = connection.listening().orElse(connection.pipe().remote());
      known.ban(liar);
      owner.onBanned(liar, reason);
    }

    @Override
    public void onClosed(MetadataPeer peer, String reason) {
      long now = services.loop().now();
      peers.remove(peer);
      peer.connection().permit().close();
      peer.connection().listening().ifPresent(e -> known.closed(e, now));
      meetings.closed(peer);
      beginning.ifPresent(b -> b.gone(peer));
      fetch.left(peer, now);
    }
  }

  /** What trackers say. */
  private final class Heard implements Announcing.Owner {
    @Override
    public Announcer.Stats stats() {
      return new Announcer.Stats(0, 0, LEFT_BYTES, false);
    }

    @Override
    public void onPeers(TrackerAnswer answer, List<Endpoint> found) {
      owner.onTracker(answer);
      offer(found, Source.TRACKER);
    }

    @Override
    public void onFound(List<Endpoint> found) {
      offer(found, Source.DHT);
    }

    @Override
    public void onFailure(String url, String message) {
      owner.onTrackerFailed(url, message);
    }
  }

  /** Everybody is wanted, and makes room by leaving. */
  private final class Side implements Connector.Side {
    private final PeerTable nobody = new PeerTable();

    @Override
    public PeerTable peers() {
      return nobody;
    }

    @Override
    public Meetings meetings() {
      return meetings;
    }

    @Override
    public boolean uploadOnly() {
      return false;
    }
  }
}
