package sluice.sim.disk;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.world.Mix;

/**
 * The true bytes of a torrent, as a function of a seed and a position in the torrent. Pieces are
 * made on demand and kept once for all hosts.
 */
public final class SimContent {
  private final long base;

  /** The content of {@code seed}. */
  public SimContent(long seed) {
    this.base = Mix.of(seed);
  }

  /** Fills {@code length} bytes of {@code dst} from {@code at} with what is at {@code position}. */
  public void read(long position, byte[] dst, int at, int length) {
    int done = 0;
    while (done < length) {
      long next = position + done;
      long word = Mix.of(base + (next >> 3)) >>> (8 * (next & 7));
      for (int left = 8 - (int) (next & 7); left > 0 && done < length; left--) {
        dst[at + done++] = (byte) word;
        word >>>= 8;
      }
    }
  }

  /** The pieces of this content as {@code layout} cuts them. */
  public Pieces pieces(PieceLayout layout) {
    FileEntry only =
        new FileEntry(
            List.of("file"), layout.dataLength(), 0, Set.of(), Optional.empty(), Optional.empty());
    return pieces(layout, List.of(only));
  }

  /** The pieces of this content as {@code layout} cuts them, in {@code files}. */
  public Pieces pieces(PieceLayout layout, List<FileEntry> files) {
    return new Pieces(this, layout, files);
  }

  /** All pieces of one torrent, with zeroes for pads; made when asked for. */
  public static final class Pieces {
    private final SimContent content;
    private final PieceLayout layout;
    private final List<FileEntry> files;
    private final byte[] @Nullable [] made;

    private Pieces(SimContent content, PieceLayout layout, List<FileEntry> files) {
      this.content = content;
      this.layout = layout;
      this.files = List.copyOf(files);
      this.made = new byte[layout.pieceCount()][];
    }

    /** How the content is cut. */
    public PieceLayout layout() {
      return layout;
    }

    /** The files, in torrent order. */
    List<FileEntry> files() {
      return files;
    }

    /** The bytes of {@code piece}, shared: not to be changed. */
    public byte[] piece(int piece) {
      byte[] bytes = made[piece];
      if (bytes == null) {
        bytes = new byte[layout.pieceSize(piece)];
        long start = (long) piece * layout.pieceLength();
        for (PieceLayout.Span span : layout.spans(piece, 0, bytes.length)) {
          content.read(start + span.at(), bytes, span.at(), span.length());
        }
        made[piece] = bytes;
      }
      return bytes;
    }

    /** {@code bytes}, or the shared array when they are the truth, to save memory. */
    byte[] shared(int piece, byte[] bytes) {
      byte[] truth = piece(piece);
      return Arrays.equals(truth, bytes) ? truth : bytes;
    }
  }
}
