package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;
import sluice.protocol.metainfo.MetainfoException.Reason;

/** Checks that the two file lists of a hybrid torrent describe the same bytes (BEP 52). */
final class HybridLists {
  private HybridLists() {}

  /** The v1 list, pads included, with the pieces roots of the tree. */
  static List<RawFile> merge(List<RawFile> v1, List<RawFile> tree, int pieceLength)
      throws MetainfoException {
    List<RawFile> merged = new ArrayList<>(v1.size());
    List<RawFile> v2 = tree.stream().filter(f -> !f.isPad()).toList();
    int next = 0;
    long offset = 0;
    for (RawFile file : v1) {
      if (file.isPad()) {
        merged.add(file);
      } else {
        if (next == v2.size()) {
          throw disagree("the v1 list has more files");
        }
        RawFile twin = v2.get(next++);
        checkSame(file, twin);
        if (file.length() > 0 && offset % pieceLength != 0) {
          throw disagree("a file of the v1 list does not start a piece");
        }
        merged.add(
            new RawFile(
                file.path(), file.length(), file.attributes(), file.symlink(), twin.piecesRoot()));
      }
      offset += file.length();
    }
    if (next != v2.size()) {
      throw disagree("the file tree has more files");
    }
    return merged;
  }

  private static void checkSame(RawFile file, RawFile twin) throws MetainfoException {
    if (!file.path().equals(twin.path()) || file.length() != twin.length()) {
      throw disagree("a path or length differs");
    }
    if (file.isSymlink() != twin.isSymlink() || !file.symlink().equals(twin.symlink())) {
      throw disagree("a symbolic link differs");
    }
  }

  private static MetainfoException disagree(String how) {
    return new MetainfoException(Reason.LISTS_DISAGREE, "v1 and v2 file lists disagree: " + how);
  }
}
