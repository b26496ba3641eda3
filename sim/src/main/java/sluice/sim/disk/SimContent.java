package sluice.sim.disk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.world.Mix;

/**
 * The true bytes of a torrent, as a function of a seed, a file and an offset. Pieces are made on
 * demand and kept once for all hosts.
 */
public final class SimContent {
  private final long seed;

  /** The content of {@code seed}. */
  public SimContent(long seed) {
    this.seed = seed;
  }

  /** Fills {@code dst} with the bytes of {@code file} from {@code offset}. */
  public void read(int file, long offset, byte[] dst) {
    read(file, offset, dst, 0, dst.length);
  }

  private void read(int file, long offset, byte[] dst, int at, int length) {
    long base = Mix.of(seed ^ Mix.of(file));
    for (int i = 0; i < length; i++) {
      long position = offset + i;
      long word = Mix.of(base + (position >> 3));
      if ((position & 7) == 0 && i + 8 <= length) {
        for (int b = 0; b < 8; b++) {
          dst[at + i + b] = (byte) (word >>> (8 * b));
        }
        i += 7;
      } else {
        dst[at + i] = (byte) (word >>> (8 * (position & 7)));
      }
    }
  }

  /** The pieces of this content as {@code layout} cuts them. */
  public Pieces pieces(PieceLayout layout) {
    return new Pieces(this, layout);
  }

  /** All pieces of one torrent, with zeroes for pads; made when asked for. */
  public static final class Pieces {
    private final SimContent content;
    private final PieceLayout layout;
    private final byte[] @Nullable [] made;

    private Pieces(SimContent content, PieceLayout layout) {
      this.content = content;
      this.layout = layout;
      this.made = new byte[layout.pieceCount()][];
    }

    /** How the content is cut. */
    public PieceLayout layout() {
      return layout;
    }

    /** The bytes of {@code piece}, shared: not to be changed. */
    public byte[] piece(int piece) {
      byte[] bytes = made[piece];
      if (bytes == null) {
        bytes = new byte[layout.pieceSize(piece)];
        for (PieceLayout.Span span : layout.spans(piece, 0, bytes.length)) {
          content.read(span.file(), span.fileOffset(), bytes, span.at(), span.length());
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
