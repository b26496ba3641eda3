package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.peer.ExtensionListener;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerListener;
import sluice.engine.peer.Sender;
import sluice.engine.pex.Meetings;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Fault;
import sluice.engine.sibling.Siblings;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;
import sluice.protocol.wire.Message;

/**
 * The connected peers of a torrent and what they do to it: routes the events of connections and of
 * the intake to the picker, the demand, the chokes and the bans. Loop only.
 */
final class Swarm
    implements PeerListener,
        Intake.Listener,
        LateChecks.Listener,
        SwarmHashes.Listener,
        Wishes.Listener,
        Connector.Side {
  private static final long SNUB_NANOS = 20_000_000_000L;

  private final SwarmParts parts;
  private final SwarmListener owner;
  private final PeerTable peers = new PeerTable();
  private final Verdicts verdicts;
  private final Demand demand;
  private final Sparing sparing;
  private final Intake intake;
  private final Unfinished unfinished;
  private final LateChecks lateChecks;
  private final SwarmHashes hashes;
  private final Introduction introduction;
  private final WebSide web;
  private final Siblings siblings;
  private final Holdings holdings;
  private final ExtensionSide extensions;
  private final Wishes wishes;
  private boolean ended;

  /** Who comes first when a rate limit lets bytes pass: everybody in turn. */
  private int firstPumped;

  Swarm(SwarmParts parts, SwarmListener owner) {
    this.parts = parts;
    this.owner = owner;
    Services services = parts.services();
    this.verdicts = new Verdicts(parts.known(), peers, parts.notices()::banned, this::dropWeb);
    this.intake =
        new Intake(
            services.loop(),
            parts.layout(),
            parts.book(),
            parts.storage(),
            services.blocks(),
            parts.picker(),
            parts.counters(),
            this);
    this.unfinished = new Unfinished(parts.picker(), intake, services.loop().now());
    this.extensions = new ExtensionSide(parts, peers, this::partIfUseless);
    this.demand =
        new Demand(
            services.loop(),
            parts.layout(),
            parts.picker(),
            services.blocks(),
            verdicts.bans(),
            extensions.talks()::wantsWholePieces,
            intake::relieve);
    this.sparing = new Sparing(services.loop(), parts.picker(), demand);
    this.lateChecks = new LateChecks(parts, unfinished, this);
    this.hashes =
        new SwarmHashes(parts, peers, intake, verdicts, lateChecks, extensions.talks(), this);
    this.holdings = new Holdings(parts, peers, owner::onFault);
    this.introduction = extensions.introduction(holdings);
    this.wishes = new Wishes(parts, demand, intake, peers, holdings, this);
    this.web = new WebSide(parts, intake, verdicts.bans());
    this.siblings = new SiblingSide(intake, peers, parts).siblings();
  }

  Wishes wishes() {
    return wishes;
  }

  Siblings siblings() {
    return siblings;
  }

  Unfinished unfinished() {
    return unfinished;
  }

  /** The data have been checked: peers come from here on. */
  void begin() {
    wishes.superSeed(parts.picking().superSeeding());
    siblings.begin();
    if (parts.download()) {
      unfinished.begin();
    }
  }

  @Override
  public PeerTable peers() {
    return peers;
  }

  @Override
  public Meetings meetings() {
    return extensions.meetings();
  }

  /** Whether the storage works on received blocks. */
  boolean isWriting() {
    return intake.underWay() > 0;
  }

  /** A peer has exchanged handshakes: says what we have, and listens. */
  void join(PeerTable.Entry entry) {
    peers.add(entry);
    introduction.first(entry.peer(), uploadOnly() && !holdings.isHiding());
  }

  /** A peer that was told before, truly, that we have nothing. */
  void rejoin(PeerTable.Entry entry) {
    peers.add(entry);
    introduction.again(entry.peer(), uploadOnly());
  }

  @Override
  public boolean uploadOnly() {
    return !parts.download() || parts.picker().isComplete();
  }

  /** A tenth of a second has passed. */
  void pump() {
    List<Peer> all = peers.all();
    for (int i = 0; i < all.size(); i++) {
      Peer peer = all.get((firstPumped + i) % all.size());
      peer.pump();
      parts.metadata().pump(peer);
      demand.fill(peer);
    }
    firstPumped = all.isEmpty() ? 0 : (firstPumped + 1) % all.size();
    if (!uploadOnly()) {
      web.pump();
    }
    siblings.pump();
    wishes.reading().pump();
  }

  /** A second has passed. */
  void tick(long now) {
    for (Peer peer : peers.all()) {
      if (peer.tick(now, SNUB_NANOS)) {
        intake.abandon(peer);
        demand.withdraw(peer, piece -> false, true);
      }
      Silence.tick(peer, parts.services().blocks(), now);
    }
    intake.relieve();
    hashes.tick(now);
    extensions.tick(now);
    parts.chokes().tick(peers.all(), uploadOnly(), now);
    if (holdings.tick(now)) {
      parts.services().extensions().uploadOnly(peers.all(), true);
      peers.all().forEach(this::partIfUseless);
    }
  }

  /** The gate has changed: leaves who is blocked. */
  void refilter() {
    peers.close(peer -> parts.services().gate().blocks(peer.endpoint().address()));
  }

  /** Closes all connections and gives up what is unfinished. */
  void end() {
    ended = true;
    lateChecks.stop();
    web.close();
    siblings.close();
    wishes.end();
    peers.all().forEach(Peer::close);
    extensions.talks().end();
  }

  @Override
  public void onPieces(Peer peer) {
    extensions.listening(peer).ifPresent(e -> parts.known().seed(e, peer.isSeed()));
    holdings.pieces(peer);
    if (!partIfUseless(peer)) {
      hashes.desk().met();
      demand.fill(peer);
    }
  }

  @Override
  public void onHave(Peer peer, int piece) {
    if (peer.isSeed()) {
      extensions.listening(peer).ifPresent(e -> parts.known().seed(e, true));
    }
    holdings.have(peer, piece);
    sparing.got(piece, peers.all());
    partIfUseless(peer);
  }

  @Override
  public void onDontHave(Peer peer, int piece, boolean wasSeed) {
    extensions.listening(peer).ifPresent(e -> parts.known().seed(e, false));
    holdings.lost(peer, piece, wasSeed);
    demand.drop(peer, p -> p == piece);
  }

  @Override
  public void onWishes(boolean complete) {
    boolean is = parts.picker().isComplete();
    if (is != complete) {
      parts.services().extensions().uploadOnly(peers.all(), uploadOnly());
      if (is) {
        owner.onComplete();
      } else {
        owner.onReopened();
      }
    }
    unfinished.wanted();
    peers.all().forEach(this::partIfUseless);
    peers.all().forEach(demand::fill);
  }

  /** Closes the connection if neither side wants anything of the other. */
  private boolean partIfUseless(Peer peer) {
    boolean needed = hashes.desk().needs(peer) || extensions.talks().needs(peer);
    if (uploadOnly() && peer.isUploadOnly() && !needed) {
      peer.close();
      return true;
    }
    return false;
  }

  @Override
  public void onChoked(Peer peer) {
    if (!peer.handshake().fast()) {
      demand.withdraw(peer, peer::isAllowed, false);
    }
  }

  @Override
  public void onMayRequest(Peer peer) {
    demand.fill(peer);
  }

  @Override
  public void onInterest(Peer peer) {
    parts.chokes().interestChanged(peer, peers.all(), parts.services().loop().now());
    holdings.offerFast(peer);
  }

  @Override
  public @Nullable ByteBuffer onBlockStart(Peer peer, int piece, int begin, int length) {
    return intake.start(peer, piece, begin, length);
  }

  @Override
  public void onBlockEnd(Peer peer, int piece, int begin, int length) {
    hashes.onBlock(peer, piece, begin, length);
    intake.end(peer, length);
  }

  @Override
  public void onRejected(Peer peer, int piece, int begin) {
    demand.rejected(peer, piece, begin);
  }

  @Override
  public void onHashMessage(Peer peer, Message message) {
    hashes.desk().onMessage(peer, message);
  }

  @Override
  public ExtensionListener extended() {
    return extensions;
  }

  @Override
  public void onTurnEnd(Peer peer) {
    demand.fill(peer);
  }

  @Override
  public boolean canServe(Peer peer, int piece) {
    return holdings.serves(peer, piece);
  }

  @Override
  public void onSent(Peer peer, int bytes) {
    parts.counters().sent(bytes, parts.services().loop().now());
    extensions.talks().sent(peer, bytes);
  }

  @Override
  public void onBug(RuntimeException bug) {
    System.getLogger("sluice.engine").log(System.Logger.Level.ERROR, "a bug stops a torrent", bug);
    owner.onFault(new Fault(Fault.Kind.IO, "internal error: " + bug));
  }

  @Override
  public void onClosed(Peer peer, String reason) {
    intake.abort(peer);
    extensions.closed(peer);
    demand.withdraw(peer, piece -> false, false);
    holdings.gone(peer);
    Optional<PeerTable.Entry> entry = peers.remove(peer);
    entry.ifPresent(e -> e.permit().close());
    entry
        .flatMap(PeerTable.Entry::listening)
        .ifPresent(e -> parts.known().closed(e, parts.services().loop().now()));
    hashes.desk().closed(peer);
    if (!ended) {
      peers.all().forEach(demand::fill);
    }
  }

  @Override
  public void onBlock(Sender from, int piece, int block, boolean alsoAsked) {
    if (alsoAsked) {
      demand.cancelElsewhere(from, peers.all(), piece, block);
      web.onBlock(from, piece);
    }
  }

  @Override
  public boolean wantsDigests(int piece) {
    return verdicts.bans().remembers(piece);
  }

  @Override
  public void onGood(OpenPiece piece, List<Long> digests) {
    owner.onWritten(piece.piece());
    extensions.talks().piece(piece.piece(), true, piece.senders());
    holdings.got(piece.piece());
    hashes.onGood(piece.piece());
    verdicts.onGood(piece, digests);
    siblings.onOutcome(piece.piece(), true);
    wishes.reading().pump();
    onChecked();
  }

  @Override
  public void onFound(int piece, boolean wanted) {
    holdings.got(piece);
  }

  @Override
  public void onChecked() {
    if (parts.picker().isComplete()) {
      parts.services().extensions().uploadOnly(peers.all(), true);
      peers.all().forEach(this::partIfUseless);
      owner.onComplete();
    } else {
      peers.all().forEach(demand::fill);
    }
  }

  @Override
  public void onBad(OpenPiece piece, List<Long> digests) {
    siblings.onOutcome(piece.piece(), false);
    extensions.talks().piece(piece.piece(), false, piece.senders());
    hashes.onBad(piece, digests);
  }

  @Override
  public void onDiskFault(Fault fault) {
    owner.onFault(fault);
  }

  @Override
  public void onMayFetch() {
    peers.all().forEach(demand::fill);
  }

  @Override
  public void onLayers(Map<Hash, PieceLayer> layers) {
    parts.notices().layers(layers);
    peers.all().forEach(this::partIfUseless);
  }

  private void dropWeb(Sender.Web liar) {
    web.ban(liar);
  }
}
