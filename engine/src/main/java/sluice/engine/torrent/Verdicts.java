package sluice.engine.torrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.swarm.KnownPeers;
import sluice.engine.swarm.SmartBan;
import sluice.protocol.address.Endpoint;

/**
 * Finds out who sent false data, and bans them: by the hashes of the blocks where a peer can prove
 * them (BEP 52), by {@link SmartBan} otherwise. Loop only.
 */
final class Verdicts {
  /** Pieces whose block hashes are kept until they come out good. */
  private static final int MAX_PROVEN = 64;

  private final KnownPeers known;
  private final PeerTable peers;
  private final Listener listener;
  private final Consumer<Sender.Web> webLiar;
  private final SmartBan bans = new SmartBan();
  private final Map<Integer, List<Long>> proven = new LinkedHashMap<>();

  /** Who is told. */
  interface Listener {
    /** A peer was banned. */
    void onBanned(Endpoint peer, String reason);
  }

  Verdicts(KnownPeers known, PeerTable peers, Listener listener, Consumer<Sender.Web> webLiar) {
    this.known = known;
    this.peers = peers;
    this.listener = listener;
    this.webLiar = webLiar;
  }

  SmartBan bans() {
    return bans;
  }

  /** A piece came out good; {@code digests} is empty if they were not wanted. */
  void onGood(OpenPiece piece, List<Long> digests) {
    proven.remove(piece.piece());
    if (!digests.isEmpty()) {
      ban(bans.onGood(piece.piece(), digests, piece.senders()));
    }
  }

  /** A piece came out bad. */
  void onBad(OpenPiece piece, List<Long> digests) {
    ban(bans.onBad(piece.piece(), digests, piece.senders()));
    proven(piece.piece()).ifPresent(right -> ban(bans.onProof(piece.piece(), right)));
  }

  /** The digests that the blocks of {@code piece} must have, if that is certain. */
  Optional<List<Long>> proven(int piece) {
    return Optional.ofNullable(proven.get(piece));
  }

  /** The blocks of {@code piece} must have these digests. */
  void onProof(int piece, List<Long> digests) {
    if (proven.size() >= MAX_PROVEN) {
      proven.remove(proven.keySet().iterator().next());
    }
    proven.put(piece, digests);
    ban(bans.onProof(piece, digests));
  }

  /** A peer sent hashes that are provably wrong. */
  void onFalseHashes(Peer liar) {
    ban(liar.endpoint(), "sent false hashes");
  }

  private void ban(List<Sender> liars) {
    for (Sender liar : liars) {
      switch (liar) {
        case Sender.Remote(var endpoint) -> ban(endpoint, "sent false data");
        case Sender.Web url -> webLiar.accept(url);
        case Sender.Sibling altered -> {}
        case Sender.Kept altered -> {}
      }
    }
  }

  private void ban(Endpoint liar, String reason) {
    if (known.isBanned(liar)) {
      return;
    }
    known.ban(liar);
    listener.onBanned(liar, reason);
    for (Peer peer : peers.all()) {
      if (known.isBanned(peer.endpoint())) {
        peer.close();
      }
    }
  }
}
