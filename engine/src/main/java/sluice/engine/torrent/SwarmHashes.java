package sluice.engine.torrent;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import sluice.engine.count.SessionCounts;
import sluice.engine.hash.HashDesk;
import sluice.engine.peer.Arrival;
import sluice.engine.peer.Peer;
import sluice.engine.pick.OpenPiece;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;

/** The hashes of a swarm's torrent, and what follows from those that peers send. Loop only. */
final class SwarmHashes implements HashDesk.Owner {
  private final SessionCounts counts;
  private final PeerTable peers;
  private final Verdicts verdicts;
  private final LateChecks checks;
  private final Listener listener;
  private final HashDesk desk;
  private final Repairs repairs;
  private final Talks talks;
  private final BlockChecks checked;

  /** Who is told. */
  interface Listener {
    /** Every piece layer of the torrent is there. */
    void onLayers(Map<Hash, PieceLayer> layers);

    /** Blocks may be asked for that were not to be had before. */
    void onMayFetch();
  }

  SwarmHashes(
      SwarmParts parts,
      PeerTable peers,
      Intake intake,
      Verdicts verdicts,
      LateChecks checks,
      Talks talks,
      Listener listener) {
    this.peers = peers;
    this.verdicts = verdicts;
    this.checks = checks;
    this.listener = listener;
    Services services = parts.services();
    this.counts = services.connections().counts();
    this.desk =
        new HashDesk(
            services.loop(),
            services.entropy(),
            parts.hashes(),
            parts.book(),
            parts.storage(),
            parts.picker().have()::get,
            this);
    this.repairs = new Repairs(services.loop(), intake, verdicts, desk);
    this.talks = talks;
    this.checked = new BlockChecks(talks, desk, parts.layout());
  }

  /** What is said and heard about hashes. */
  HashDesk desk() {
    return desk;
  }

  /** A block has come; it is about to be stored if it was asked for. */
  void onBlock(Peer peer, int piece, int begin, int length) {
    Arrival arrival = peer.arrival();
    talks.block(peer, piece, begin, length, arrival != null);
    if (arrival != null && !talks.isEmpty()) {
      checked.onBlock(peer, piece, begin, arrival.memory().bytes().slice(0, length));
    }
  }

  /** A piece came out good. */
  void onGood(int piece) {
    counts.piece(true);
    desk.onGood(piece);
    checked.forget(piece);
  }

  /** A piece came out bad. */
  void onBad(OpenPiece piece, List<Long> digests) {
    counts.piece(false);
    checked.forget(piece.piece());
    repairs.onBad(piece, digests);
    listener.onMayFetch();
  }

  /** A second has passed. */
  void tick(long now) {
    desk.tick(now);
    if (repairs.tick(now)) {
      listener.onMayFetch();
    }
  }

  @Override
  public List<Peer> peers() {
    return peers.all();
  }

  @Override
  public void onKnown(BitSet pieces) {
    checks.add(pieces);
  }

  @Override
  public void onLayers(Map<Hash, PieceLayer> layers) {
    listener.onLayers(layers);
  }

  @Override
  public void onProof(int piece, List<Long> digests) {
    checked.onProof(piece, digests);
    repairs.onProof(piece, digests);
    listener.onMayFetch();
  }

  @Override
  public void onLiar(Peer peer) {
    verdicts.onFalseHashes(peer);
  }
}
