package sluice.engine.torrent;

import java.util.BitSet;
import java.util.List;
import sluice.engine.port.Presence;
import sluice.engine.port.Stamps;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;

/** Finds the pieces that must be read and hashed before they count, from what is known. Pure. */
final class Doubt {
  private final PieceLayout layout;
  private final List<FileEntry> files;

  Doubt(PieceLayout layout, List<FileEntry> files) {
    this.layout = layout;
    this.files = files;
  }

  /** All pieces: nothing is known. */
  BitSet all() {
    BitSet all = new BitSet(layout.pieceCount());
    all.set(0, layout.pieceCount());
    return all;
  }

  /**
   * The pieces to check: what may have been written since, what cannot be there any more because
   * its file is too short, and after a clean end every piece of a file that does not look as it
   * did.
   */
  BitSet pieces(Resume resume, Presence presence) {
    BitSet check = (BitSet) resume.doubtful().clone();
    if (resume.clean() && resume.seen().isPresent()) {
      check.or(changed(presence.stamps().changedSince(resume.seen().get().stamps())));
    }
    addTooShort(resume, presence.stamps(), check);
    check.clear(layout.pieceCount(), Math.max(layout.pieceCount(), check.length()));
    return check;
  }

  /**
   * The pieces of {@code changed} files. Beyond the files are the stamps of what the adapter keeps
   * besides: it has pieces of files that are not there, which are too short anyway.
   */
  BitSet changed(BitSet changed) {
    BitSet pieces = new BitSet();
    for (int i = changed.nextSetBit(0); i >= 0 && i < files.size(); i = changed.nextSetBit(i + 1)) {
      if (files.get(i).hasData()) {
        pieces.set(layout.firstPiece(files.get(i)), layout.lastPiece(files.get(i)) + 1);
      }
    }
    return pieces;
  }

  /** Storage that has no files gives no stamps. */
  private void addTooShort(Resume resume, Stamps stamps, BitSet check) {
    for (int i = 0; i < Math.min(files.size(), stamps.count()); i++) {
      FileEntry file = files.get(i);
      if (!file.hasData() || stamps.sizeBytes(i) >= file.length()) {
        continue;
      }
      int first = layout.firstPiece(file);
      int last = layout.lastPiece(file);
      for (int p = resume.have().nextSet(first); p >= 0 && p <= last; ) {
        long end = Math.min(file.length(), (long) (p + 1) * layout.pieceLength() - file.offset());
        if (stamps.sizeBytes(i) < end) {
          check.set(p);
        }
        p = resume.have().nextSet(p + 1);
      }
    }
  }
}
