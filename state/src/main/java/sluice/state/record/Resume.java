package sluice.state.record;

import java.util.List;
import java.util.Optional;
import sluice.protocol.wire.PieceSet;

/**
 * What is known about a torrent's data on disk: its verified pieces, which are synced, and what its
 * files looked like then ({@code stamps} by file index, empty when unknown). The set of pieces is
 * handed over and not changed by anyone.
 */
public record Resume(
    PieceSet have,
    List<FileStamp> stamps,
    Optional<RootIdentity> root,
    long verifiedMillis,
    List<RenamedFile> renamed) {

  /** Most pieces of a torrent. */
  public static final int MAX_PIECES = 1 << 21;

  public Resume {
    stamps = List.copyOf(stamps);
    renamed = List.copyOf(renamed);
    if (have.size() > MAX_PIECES
        || stamps.size() > FilePriorities.MAX_FILES
        || renamed.size() > FilePriorities.MAX_FILES
        || verifiedMillis < 0) {
      throw new IllegalArgumentException("too many pieces or files, or a negative time");
    }
  }
}
