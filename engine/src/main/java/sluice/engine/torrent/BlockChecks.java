package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.hash.HashDesk;
import sluice.engine.peer.Peer;
import sluice.engine.swarm.SmartBan;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Tells extensions whether a block of a peer that is paid is right before its piece is complete, by
 * the hashes of blocks that peers have proved (BEP 52). So whoever pays need not trust for more
 * than one block. Loop only.
 */
final class BlockChecks {
  /** Pieces at a time; blocks of others are known with their pieces. */
  static final int MAX_PIECES = 64;

  private final Talks talks;
  private final HashDesk desk;
  private final PieceLayout layout;
  private final Map<Integer, Came> pieces = new LinkedHashMap<>();

  /** A block that came, and from whom. */
  private record Block(Peer from, int length, long digest) {}

  /** What has come of one piece and is not told, and what it must be as soon as that is proved. */
  private static final class Came {
    final Map<Integer, Block> blocks = new HashMap<>();
    Optional<List<Long>> right = Optional.empty();
  }

  BlockChecks(Talks talks, HashDesk desk, PieceLayout layout) {
    this.talks = talks;
    this.desk = desk;
    this.layout = layout;
  }

  /** A block has come that was asked for. */
  void onBlock(Peer from, int piece, int begin, ByteBuffer data) {
    int blocks = layout.blockCount(piece);
    boolean known = pieces.containsKey(piece) || pieces.size() < MAX_PIECES;
    if (blocks <= 1 || !known || !talks.wantsWholePieces(from) || !desk.canProve(piece)) {
      return;
    }
    Came came = pieces.computeIfAbsent(piece, p -> new Came());
    int block = begin / PieceLayout.BLOCK;
    came.blocks.put(block, new Block(from, data.remaining(), SmartBan.digest(data)));
    if (came.right.isPresent()) {
      tell(piece, came, came.right.get());
    } else {
      desk.prove(piece, blocks);
    }
  }

  /** The blocks of {@code piece} must have these digests. */
  void onProof(int piece, List<Long> right) {
    Came came = pieces.get(piece);
    if (came != null) {
      came.right = Optional.of(right);
      tell(piece, came, right);
    }
  }

  private void tell(int piece, Came came, List<Long> right) {
    Map<Integer, Block> told = new LinkedHashMap<>(came.blocks);
    came.blocks.clear();
    told.forEach((block, seen) -> {
      boolean good = block < right.size() && right.get(block) == seen.digest();
      talks.checked(seen.from(), piece, seen.length(), good);
    });
  }

  /** The piece has come out. */
  void forget(int piece) {
    pieces.remove(piece);
  }
}
