package sluice.engine.hash;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.engine.peer.Peer;
import sluice.engine.port.Entropy;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;

/**
 * Gets the hashes of the blocks of pieces that came out bad, each proved up to the piece's hash, so
 * that it is certain which blocks were wrong. Loop only.
 */
final class BlockProofs {
  /** Pieces at a time; of more, it must come out in another way who lied. */
  static final int MAX_PIECES = 16;

  /** Peers that one range is asked of at a time. */
  static final int MAX_COPIES = 3;

  /** Requests for one piece before it is given up. */
  static final int MAX_TRIES = 64;

  private final HashBook book;
  private final HashAsks asks;
  private final Entropy entropy;
  private final Listener listener;
  private final Map<Integer, Proof> proofs = new LinkedHashMap<>();

  /** Who wants to know. */
  interface Listener {
    /** The first eight bytes of the hash of each block of {@code piece}, as they must be. */
    void onLeaves(int piece, List<Long> leaves);
  }

  BlockProofs(HashBook book, HashAsks asks, Entropy entropy, Listener listener) {
    this.book = book;
    this.asks = asks;
    this.entropy = entropy;
    this.listener = listener;
  }

  /** Wants the hashes of the {@code blocks} blocks of a piece that came out bad. */
  void want(int piece, int blocks) {
    if (blocks > 1 && proofs.size() < MAX_PIECES && !proofs.containsKey(piece)) {
      book.spot(piece).ifPresent(spot -> proofs.put(piece, new Proof(piece, blocks, spot)));
    }
  }

  /** Whether peers are being asked for the hashes of the blocks of {@code piece}. */
  boolean isAsking(int piece) {
    Proof proof = proofs.get(piece);
    return proof != null && !proof.isIdle();
  }

  /** The piece has come out good: nothing is to be proved any more. */
  void forget(int piece) {
    proofs.remove(piece);
  }

  /** Asks for what is missing as far as peers can be asked. */
  void fill(List<Peer> peers, long now) {
    if (!proofs.isEmpty()) {
      proofs.values().removeIf(p -> p.tries >= MAX_TRIES && p.isIdle());
      proofs.values().forEach(proof -> proof.fill(peers, now));
    }
  }

  /** One piece. */
  private final class Proof {
    private final int piece;
    private final HashBook.Spot spot;
    private final int rangeLength;
    private final long[] leaves;
    private final BitSet there = new BitSet();
    private final int[] copies;
    int tries;

    Proof(int piece, int blocks, HashBook.Spot spot) {
      this.piece = piece;
      this.spot = spot;
      rangeLength = Math.min(HashRange.MAX_LENGTH, spot.shape().width());
      leaves = new long[blocks];
      copies = new int[Math.ceilDiv(blocks, rangeLength)];
    }

    boolean isIdle() {
      for (int n : copies) {
        if (n > 0) {
          return false;
        }
      }
      return true;
    }

    void fill(List<Peer> peers, long now) {
      for (int range = 0; range < copies.length; range++) {
        while (!there.get(range)
            && copies[range] < MAX_COPIES
            && tries < MAX_TRIES
            && ask(range, peers, now)) {
          copies[range]++;
          tries++;
        }
      }
    }

    private boolean ask(int range, List<Peer> peers, long now) {
      TreeShape shape = spot.shape();
      int first = spot.index() * shape.width() + range * rangeLength;
      HashAsks.Question question =
          new HashAsks.Question(
              shape.root(),
              new HashRange(0, first, rangeLength, shape.pieceLevel() - 1),
              shape.height(),
              spot.hash());
      List<Peer> able = new ArrayList<>();
      for (Peer peer : peers) {
        if (peer.pieces().get(piece) && asks.mayAsk(peer, now) && !asks.isAsked(peer, question)) {
          able.add(peer);
        }
      }
      if (able.isEmpty() || !asks.hasRoom()) {
        return false;
      }
      asks.ask(able.get(entropy.nextInt(able.size())), question, now, outcome(range));
      return true;
    }

    private HashAsks.Outcome outcome(int range) {
      return new HashAsks.Outcome() {
        @Override
        public void onHashes(byte[] hashes) {
          copies[range]--;
          put(range, hashes);
        }

        @Override
        public void onNothing() {
          copies[range]--;
        }
      };
    }

    private void put(int range, byte[] hashes) {
      ByteBuffer all = ByteBuffer.wrap(hashes);
      int from = range * rangeLength;
      for (int i = 0; i < rangeLength && from + i < leaves.length; i++) {
        leaves[from + i] = all.getLong(i * Hash.SHA256_BYTES);
      }
      there.set(range);
      if (there.cardinality() == copies.length && proofs.remove(piece, this)) {
        List<Long> told = new ArrayList<>(leaves.length);
        for (long leaf : leaves) {
          told.add(leaf);
        }
        listener.onLeaves(piece, told);
      }
    }
  }
}
