package sluice.protocol.metainfo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.PieceHash;

/**
 * A torrent in the making: its files are placed, its pieces are to be hashed. {@link #set} may be
 * called from several threads for different pieces; {@link #build} comes after all of them.
 */
public final class Draft {
  private final MetainfoBuilder builder;
  private final List<FileEntry> files;
  private final PieceLayout layout;

  /** The hash of piece {@code i} at {@code i} times the size of a hash. */
  private final byte[] v1Hashes;

  private final byte[] v2Hashes;

  Draft(MetainfoBuilder builder, int pieceLength, List<FileEntry> files) {
    this.builder = builder;
    this.files = List.copyOf(files);
    this.layout = PieceLayout.of(pieceLength, files);
    this.v1Hashes = new byte[hasV1() ? layout.pieceCount() * Hash.SHA1_BYTES : 0];
    this.v2Hashes = new byte[hasV2() ? layout.pieceCount() * Hash.SHA256_BYTES : 0];
  }

  /** All files in torrent order, pads included; paths begin with the name of the torrent. */
  public List<FileEntry> files() {
    return files;
  }

  /** The arithmetic of pieces, blocks and files. */
  public PieceLayout layout() {
    return layout;
  }

  /** Whether pieces need a SHA-1. */
  public boolean hasV1() {
    return builder.version != MetainfoBuilder.Version.V2;
  }

  /** Whether pieces need a Merkle root. */
  public boolean hasV2() {
    return builder.version != MetainfoBuilder.Version.V1;
  }

  /** Leaves of the Merkle tree of {@code piece}, filled up with zero hashes. */
  public int v2Width(int piece) {
    FileEntry file = files.get(layout.spans(piece, 0, layout.pieceSize(piece)).getFirst().file());
    return PieceHashes.width(file.length(), layout.pieceLength());
  }

  /** Tells what {@code piece} hashes to; each part that this torrent needs must be there. */
  public void set(int piece, PieceHash hash) {
    if (hasV1()) {
      byte[] sha1 = hash.v1().orElseThrow().bytes();
      System.arraycopy(sha1, 0, v1Hashes, piece * Hash.SHA1_BYTES, Hash.SHA1_BYTES);
    }
    if (hasV2()) {
      byte[] root = hash.v2().orElseThrow().root().bytes();
      System.arraycopy(root, 0, v2Hashes, piece * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
    }
  }

  /** The bytes of the torrent file. */
  public byte[] build() {
    Map<FileEntry, Hash> roots = new HashMap<>();
    SequencedMap<Hash, byte[]> layers = new LinkedHashMap<>();
    for (FileEntry file : files) {
      if (hasV2() && file.hasData()) {
        Hash root = root(file);
        roots.put(file, root);
        if (file.length() > layout.pieceLength()) {
          layers.put(root, layer(file));
        }
      }
    }
    InfoWriter info = new InfoWriter(builder, layout.pieceLength(), files, v1Hashes);
    return Bencode.write(info.torrent(file -> Optional.ofNullable(roots.get(file)), layers));
  }

  private Hash root(FileEntry file) {
    byte[] layer = layer(file);
    int count = layer.length / Hash.SHA256_BYTES;
    return count == 1 ? Hash.of(layer) : PieceLayers.root(layer, count, layout.pieceLength());
  }

  private byte[] layer(FileEntry file) {
    int from = layout.firstPiece(file) * Hash.SHA256_BYTES;
    int to = (layout.lastPiece(file) + 1) * Hash.SHA256_BYTES;
    return Arrays.copyOfRange(v2Hashes, from, to);
  }
}
