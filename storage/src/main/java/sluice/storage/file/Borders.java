package sluice.storage.file;

import java.util.List;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Where in a part file the bytes of a file lie that share a piece with other files: the start of
 * the file, then its end, for each file in torrent order. The places depend on the torrent alone,
 * so a part file needs no index. Immutable.
 */
final class Borders {
  private final long[] base;
  private final long[] head;
  private final long[] tailStart;

  Borders(List<FileEntry> files, PieceLayout layout) {
    int count = files.size();
    base = new long[count];
    head = new long[count];
    tailStart = new long[count];
    long next = 0;
    for (int i = 0; i < count; i++) {
      FileEntry file = files.get(i);
      base[i] = next;
      tailStart[i] = file.length();
      if (!file.hasData()) {
        continue;
      }
      int first = layout.firstPiece(file);
      int last = layout.lastPiece(file);
      if (isShared(layout, first)) {
        long end = (long) (first + 1) * layout.pieceLength();
        head[i] = Math.min(file.length(), end - file.offset());
      }
      if (last > first && isShared(layout, last)) {
        tailStart[i] = (long) last * layout.pieceLength() - file.offset();
      }
      next += head[i] + file.length() - tailStart[i];
    }
  }

  private static boolean isShared(PieceLayout layout, int piece) {
    return layout.spans(piece, 0, layout.pieceSize(piece)).size() > 1;
  }

  /** Where byte {@code offset} of {@code file} lies, or -1 when it shares its piece with nobody. */
  long position(int file, long offset) {
    if (offset < head[file]) {
      return base[file] + offset;
    }
    return offset >= tailStart[file] ? base[file] + head[file] + offset - tailStart[file] : -1;
  }

  /** Bytes from {@code offset} of {@code file} on that lie together, or are all elsewhere. */
  long run(int file, long offset, long length) {
    long end = offset + length;
    if (offset < head[file]) {
      return Math.min(end, head[file]) - offset;
    }
    return offset < tailStart[file] ? Math.min(end, tailStart[file]) - offset : length;
  }

  /** Bytes at the start of {@code file}. */
  long headBytes(int file) {
    return head[file];
  }

  /** First byte of the end of {@code file}; its length when there is none. */
  long tailStart(int file) {
    return tailStart[file];
  }
}
