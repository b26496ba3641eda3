package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.hash.HashDesk;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Loop;

/**
 * Lets only the wrong blocks of a bad piece be fetched again, where the hashes of its blocks can be
 * had (BEP 52): the piece waits for them, with all its blocks on disk. Loop only.
 */
final class Repairs {
  /** Pieces that wait; others are fetched whole. */
  static final int MAX_WAITING = 16;

  /** So long a piece waits for the hashes of its blocks. */
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Loop loop;
  private final Intake intake;
  private final Verdicts verdicts;
  private final HashDesk hashes;
  private final Map<Integer, Bad> waiting = new LinkedHashMap<>();

  /** A bad piece, and the digests that its blocks have. */
  private record Bad(OpenPiece piece, List<Long> digests, long untilNanos) {}

  Repairs(Loop loop, Intake intake, Verdicts verdicts, HashDesk hashes) {
    this.loop = loop;
    this.intake = intake;
    this.verdicts = verdicts;
    this.hashes = hashes;
  }

  /**
   * A piece came out bad; it is fetched again, as far as that is needed. If what is on disk is not
   * what came, nobody is blamed but the disk.
   */
  void onBad(OpenPiece piece, List<Long> digests) {
    if (piece.received(digests).equals(digests)) {
      verdicts.onBad(piece, digests);
    }
    Optional<List<Long>> right = verdicts.proven(piece.piece());
    if (right.isPresent()) {
      repair(piece, digests, right.get());
    } else if (hashes.onBad(piece.piece(), piece.blocks()) && waiting.size() < MAX_WAITING) {
      intake.doubt(piece);
      waiting.put(piece.piece(), new Bad(piece, digests, loop.now() + PATIENCE_NANOS));
    } else {
      intake.giveUp(piece);
    }
  }

  /** The blocks of {@code piece} must have these digests. */
  void onProof(int piece, List<Long> right) {
    verdicts.onProof(piece, right);
    Bad bad = waiting.remove(piece);
    if (bad != null) {
      repair(bad.piece(), bad.digests(), right);
    }
  }

  /** A second has passed; true if a piece is not waited for any longer. */
  boolean tick(long now) {
    boolean gaveUp = false;
    for (Iterator<Bad> it = waiting.values().iterator(); it.hasNext(); ) {
      Bad bad = it.next();
      if (now >= bad.untilNanos() || !hashes.isProving(bad.piece().piece())) {
        it.remove();
        intake.giveUp(bad.piece());
        gaveUp = true;
      }
    }
    return gaveUp;
  }

  private void repair(OpenPiece piece, List<Long> digests, List<Long> right) {
    BitSet wrong = new BitSet();
    for (int i = 0; i < digests.size(); i++) {
      wrong.set(i, i >= right.size() || !digests.get(i).equals(right.get(i)));
    }
    if (wrong.isEmpty()) {
      intake.giveUp(piece);
    } else {
      intake.repair(piece, wrong, digests);
    }
  }
}
