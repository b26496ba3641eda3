package sluice.engine.pick;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;

/**
 * How much each file of a torrent is wanted. Immutable.
 *
 * @param files a priority for each file in the order of the torrent; files beyond the list are of
 *     normal priority, so that the empty list wants everything
 */
public record FileSelection(List<Priority> files) {
  /** Everything, nothing before anything else. */
  public static final FileSelection ALL = new FileSelection(List.of());

  public FileSelection {
    files = List.copyOf(files);
  }

  /** Of {@code fileCount} files only {@code wanted}, as the {@code so} of a magnet (BEP 53). */
  public static FileSelection only(BitSet wanted, int fileCount) {
    return new FileSelection(
        IntStream.range(0, fileCount)
            .mapToObj(i -> wanted.get(i) ? Priority.NORMAL : Priority.SKIP)
            .toList());
  }

  /** Of {@code fileCount} files only those with these indexes; all if none of them is there. */
  public static FileSelection only(List<Integer> wanted, int fileCount) {
    BitSet files = new BitSet();
    wanted.stream().filter(i -> i < fileCount).forEach(files::set);
    return files.isEmpty() ? ALL : only(files, fileCount);
  }

  /** The priority of the file. */
  public Priority of(int file) {
    return file < files.size() ? files.get(file) : Priority.NORMAL;
  }

  /** The same with another priority for one file. */
  public FileSelection with(int file, Priority priority) {
    Priority[] all = new Priority[Math.max(files.size(), file + 1)];
    Arrays.setAll(all, this::of);
    all[file] = priority;
    return new FileSelection(Arrays.asList(all));
  }

  /** The files that are wanted and have data. */
  public BitSet wanted(Info info) {
    BitSet wanted = new BitSet();
    for (int i = 0; i < info.files().size(); i++) {
      wanted.set(i, info.files().get(i).hasData() && of(i).isWanted());
    }
    return wanted;
  }

  /** The files that are to be made; those without data are, and pads count as chosen. */
  public BitSet chosen(Info info) {
    BitSet chosen = new BitSet();
    for (int i = 0; i < info.files().size(); i++) {
      chosen.set(i, info.files().get(i).isPad() || of(i).isWanted());
    }
    return chosen;
  }

  /**
   * The priority of each piece: the highest one of its files; pads do not count. A piece without
   * data is of normal priority.
   *
   * @param ends whether the first and the last piece of each wanted file come before all others
   */
  public List<Priority> pieces(Info info, boolean ends) {
    PieceLayout layout = info.layout();
    Priority[] pieces = new Priority[layout.pieceCount()];
    Arrays.fill(pieces, Priority.SKIP);
    boolean[] data = new boolean[pieces.length];
    for (int i = 0; i < info.files().size(); i++) {
      FileEntry file = info.files().get(i);
      if (!file.hasData()) {
        continue;
      }
      Priority priority = of(i);
      int first = layout.firstPiece(file);
      int last = layout.lastPiece(file);
      for (int piece = first; piece <= last; piece++) {
        boolean end = ends && priority.isWanted() && (piece == first || piece == last);
        pieces[piece] = pieces[piece].max(end ? Priority.FIRST : priority);
        data[piece] = true;
      }
    }
    for (int piece = 0; piece < pieces.length; piece++) {
      pieces[piece] = data[piece] ? pieces[piece] : Priority.NORMAL;
    }
    return Collections.unmodifiableList(Arrays.asList(pieces));
  }
}
