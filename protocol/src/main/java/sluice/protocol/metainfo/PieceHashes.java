package sluice.protocol.metainfo;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.PieceHash;

/** What each piece of a torrent must hash to, as far as it is known. Immutable, any thread. */
public final class PieceHashes {
  private final Info info;
  private final int pieceLength;

  /** The files with a pieces root, their first pieces and their layers where known, in order. */
  private final FileEntry[] files;

  private final int[] firstPieces;
  private final @Nullable PieceLayer[] layers;

  private PieceHashes(Info info, Map<Hash, PieceLayer> known) {
    this.info = info;
    this.pieceLength = info.layout().pieceLength();
    this.files =
        info.files().stream()
            .filter(f -> f.hasData() && f.piecesRoot().isPresent())
            .toArray(FileEntry[]::new);
    this.firstPieces = new int[files.length];
    this.layers = new PieceLayer[files.length];
    for (int i = 0; i < files.length; i++) {
      firstPieces[i] = info.layout().firstPiece(files[i]);
      layers[i] = files[i].piecesRoot().map(known::get).orElse(null);
    }
  }

  /** The hashes of {@code torrent}, with the piece layers that it brings. */
  public static PieceHashes of(Metainfo torrent) {
    return new PieceHashes(torrent.info(), torrent.pieceLayers());
  }

  /**
   * What {@code piece} must hash to. Empty while the piece layer of a v2 file is missing; a hybrid
   * then has its v1 hash alone.
   */
  public Optional<PieceHash> of(int piece) {
    Optional<Hash> v1 = info.v1Hash(piece);
    Optional<PieceHash.V2> v2 = v2(piece);
    return v1.isEmpty() && v2.isEmpty() ? Optional.empty() : Optional.of(new PieceHash(v1, v2));
  }

  private Optional<PieceHash.V2> v2(int piece) {
    int found = Arrays.binarySearch(firstPieces, piece);
    int i = found >= 0 ? found : -found - 2;
    if (i < 0 || piece > info.layout().lastPiece(files[i])) {
      return Optional.empty();
    }
    FileEntry file = files[i];
    int width = width(file.length(), pieceLength);
    if (file.length() <= pieceLength) {
      return file.piecesRoot().map(root -> new PieceHash.V2(root, width));
    }
    PieceLayer layer = layers[i];
    return layer == null
        ? Optional.empty()
        : Optional.of(new PieceHash.V2(layer.hash(piece - firstPieces[i]), width));
  }

  /** Leaves of the subtree of one piece in a file of {@code length} bytes: see BEP 52. */
  static int width(long length, int pieceLength) {
    long bytes = Math.min(length, pieceLength);
    int blocks = Math.toIntExact((bytes - 1) / PieceLayout.BLOCK + 1);
    return length > pieceLength
        ? pieceLength / PieceLayout.BLOCK
        : blocks == 1 ? 1 : Integer.highestOneBit(blocks - 1) * 2;
  }
}
