package sluice.engine.torrent;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import sluice.engine.hash.HashDesk;
import sluice.engine.peer.Peer;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;

/** What follows in a swarm from the hashes that peers send. Loop only. */
final class SwarmHashes implements HashDesk.Owner {
  private final PeerTable peers;
  private final Verdicts verdicts;
  private final LateChecks checks;
  private final Listener listener;

  /** Who is told of whole layers. */
  interface Listener {
    /** Every piece layer of the torrent is there. */
    void onLayers(Map<Hash, PieceLayer> layers);
  }

  SwarmHashes(PeerTable peers, Verdicts verdicts, LateChecks checks, Listener listener) {
    this.peers = peers;
    this.verdicts = verdicts;
    this.checks = checks;
    this.listener = listener;
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
    verdicts.onProof(piece, digests);
  }

  @Override
  public void onLiar(Peer peer) {
    verdicts.onFalseHashes(peer);
  }
}
