package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where one torrent has the bytes of pieces of another. Pure; a hint only, because what is found
 * must be verified all the same.
 *
 * <p>A v2 file is found by its pieces root, whatever the piece lengths (BEP 52). With equal piece
 * lengths, v1 pieces are found by their hashes next to each other: from the pieces of files that
 * start a piece in both (BEP 38) and from the starts of both torrents on, over borders of files.
 * The end of a file that starts a piece in both is found even where other bytes follow it.
 */
public final class SharedPieces {
  private final Info known;
  private final Info wanted;

  /** For each wanted piece where it starts in the byte space of the known torrent, or -1. */
  private final long[] origins;

  /** For each wanted piece how many of its bytes are there. */
  private final int[] lengths;

  private SharedPieces(Info known, Info wanted) {
    this.known = known;
    this.wanted = wanted;
    int count = wanted.layout().pieceCount();
    origins = new long[count];
    lengths = new int[count];
    Arrays.fill(origins, -1);
  }

  /**
   * Consecutive wanted pieces whose bytes follow one another in the known torrent.
   *
   * @param first the first piece
   * @param end behind the last piece
   * @param origin where the first piece starts in the byte space of the known torrent
   * @param bytes from there; they may end inside the last piece
   */
  public record Run(int first, int end, long origin, long bytes) {}

  /** What {@code known} has of {@code wanted}, in order, no piece twice. */
  public static List<Run> of(Info known, Info wanted) {
    SharedPieces found = new SharedPieces(known, wanted);
    found.files();
    found.hashes();
    return found.runs();
  }

  private void files() {
    Map<ContentKeys.Key, FileEntry> names = new HashMap<>();
    for (int i = 0; i < known.files().size(); i++) {
      for (ContentKeys.Key key : ContentKeys.likely(known, i)) {
        names.putIfAbsent(key, known.files().get(i));
      }
    }
    for (int i = 0; i < wanted.files().size(); i++) {
      for (ContentKeys.Key key : ContentKeys.likely(wanted, i)) {
        FileEntry same = names.get(key);
        if (same != null) {
          file(wanted.files().get(i), same.offset());
        }
      }
    }
  }

  private void file(FileEntry entry, long origin) {
    PieceLayout layout = wanted.layout();
    int first = layout.firstPiece(entry);
    for (int piece = first; piece <= layout.lastPiece(entry); piece++) {
      long at = (long) (piece - first) * layout.pieceLength();
      put(piece, origin + at, entry.length() - at);
    }
  }

  /** Notes where a piece is; the place with more of it counts. */
  private void put(int piece, long origin, long bytes) {
    int length = (int) Math.min(bytes, wanted.layout().pieceDataSize(piece));
    if (length > lengths[piece]) {
      origins[piece] = origin;
      lengths[piece] = length;
    }
  }

  private void hashes() {
    int pieceLength = wanted.layout().pieceLength();
    if (!known.hasV1() || !wanted.hasV1() || known.layout().pieceLength() != pieceLength) {
      return;
    }
    int shift = 0;
    for (int piece = 0; piece < origins.length; piece++) {
      shift = shift(piece, shift);
    }
    shift = 0;
    for (int piece = origins.length - 1; piece >= 0; piece--) {
      shift = shift(piece, shift);
    }
  }

  /** Looks for the piece {@code shift} pieces on, then at its own index; gives where it was. */
  private int shift(int piece, int shift) {
    PieceLayout layout = wanted.layout();
    long origin = origins[piece];
    if (origin >= 0 && lengths[piece] == layout.pieceDataSize(piece)) {
      return origin % layout.pieceLength() == 0
          ? (int) (origin / layout.pieceLength()) - piece
          : shift;
    }
    for (int by : new int[] {shift, 0}) {
      int at = piece + by;
      if (known.layout().isPiece(at) && wanted.isSameV1(piece, known, at)) {
        put(piece, (long) at * layout.pieceLength(), layout.pieceLength());
        return by;
      }
    }
    return shift;
  }

  private List<Run> runs() {
    PieceLayout layout = wanted.layout();
    List<Run> runs = new ArrayList<>();
    int first = 0;
    while (first < origins.length) {
      if (lengths[first] == 0) {
        first++;
        continue;
      }
      int last = first;
      while (last + 1 < origins.length
          && lengths[last] == layout.pieceLength()
          && lengths[last + 1] > 0
          && origins[last + 1] == origins[last] + layout.pieceLength()) {
        last++;
      }
      long bytes = (long) (last - first) * layout.pieceLength() + lengths[last];
      runs.add(new Run(first, last + 1, origins[first], bytes));
      first = last + 1;
    }
    return runs;
  }

  /** The run with {@code piece}, if there is one. */
  public static Optional<Run> at(List<Run> runs, int piece) {
    int found =
        Collections.binarySearch(
            runs, new Run(piece, piece, 0, 0), Comparator.comparingInt(Run::first));
    int i = found >= 0 ? found : -found - 2;
    return i >= 0 && piece < runs.get(i).end() ? Optional.of(runs.get(i)) : Optional.empty();
  }
}
