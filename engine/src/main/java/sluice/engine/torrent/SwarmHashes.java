package sluice.engine.torrent;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import sluice.engine.hash.HashDesk;
import sluice.engine.peer.Peer;
import sluice.engine.pick.OpenPiece;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;

/** The hashes of a swarm's torrent, and what follows from those that peers send. Loop only. */
final class SwarmHashes implements HashDesk.Owner {
  private final PeerTable peers;
  private final Verdicts verdicts;
  private final LateChecks checks;
  private final Listener listener;
  private final HashDesk desk;
  private final Repairs repairs;

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
      Listener listener) {
    this.peers = peers;
    this.verdicts = verdicts;
    this.checks = checks;
    this.listener = listener;
    Services services = parts.services();
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
  }

  /** What is said and heard about hashes. */
  HashDesk desk() {
    return desk;
  }

  /** A piece came out bad. */
  void onBad(OpenPiece piece, List<Long> digests) {
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
    repairs.onProof(piece, digests);
    listener.onMayFetch();
  }

  @Override
  public void onLiar(Peer peer) {
    verdicts.onFalseHashes(peer);
  }
}
