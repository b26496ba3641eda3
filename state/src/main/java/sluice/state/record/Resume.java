package sluice.state.record;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.wire.PieceSet;

/**
 * What is known about a torrent's data on disk: its verified pieces, which are synced, and what its
 * files looked like then ({@code stamps} by file index, empty when unknown). The sets are handed
 * over and not changed by anyone.
 *
 * @param unfinished blocks that are on disk and synced of pieces that are not verified
 */
public record Resume(
    PieceSet have,
    List<FileStamp> stamps,
    Optional<RootIdentity> root,
    long verifiedMillis,
    List<RenamedFile> renamed,
    Map<Integer, BitSet> unfinished) {

  /** Most pieces of a torrent. */
  public static final int MAX_PIECES = 1 << 21;

  /** Most blocks of pieces that are not verified. */
  public static final int MAX_UNFINISHED_BLOCKS = 1 << 16;

  /** A record without unfinished pieces. */
  public Resume(
      PieceSet have,
      List<FileStamp> stamps,
      Optional<RootIdentity> root,
      long verifiedMillis,
      List<RenamedFile> renamed) {
    this(have, stamps, root, verifiedMillis, renamed, Map.of());
  }

  public Resume {
    stamps = List.copyOf(stamps);
    renamed = List.copyOf(renamed);
    unfinished = Map.copyOf(unfinished);
    if (have.size() > MAX_PIECES
        || stamps.size() > FilePriorities.MAX_FILES
        || renamed.size() > FilePriorities.MAX_FILES
        || verifiedMillis < 0) {
      throw new IllegalArgumentException("too many pieces or files, or a negative time");
    }
    long blocks = 0;
    for (Map.Entry<Integer, BitSet> piece : unfinished.entrySet()) {
      blocks += piece.getValue().length();
      if (piece.getKey() < 0 || piece.getKey() >= have.size() || piece.getValue().isEmpty()) {
        throw new IllegalArgumentException("unfinished piece " + piece);
      }
    }
    if (blocks > MAX_UNFINISHED_BLOCKS) {
      throw new IllegalArgumentException(blocks + " blocks of unfinished pieces");
    }
  }
}
