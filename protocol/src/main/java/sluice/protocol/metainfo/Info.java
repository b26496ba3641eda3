package sluice.protocol.metainfo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/** The {@code info} dictionary: what is shared. Validated; immutable. */
public final class Info {
  private final byte[] raw;
  private final InfoHashes hashes;
  private final String name;
  private final boolean isPrivate;
  private final boolean singleFile;
  private final List<FileEntry> files;
  private final byte[] v1Pieces;
  private final PieceLayout layout;

  /** Takes ownership of the arrays; {@code v1Pieces} is empty for a v2-only torrent. */
  Info(
      byte[] raw,
      InfoHashes hashes,
      String name,
      boolean isPrivate,
      boolean singleFile,
      int pieceLength,
      List<FileEntry> files,
      byte[] v1Pieces) {
    this.raw = raw;
    this.hashes = hashes;
    this.name = name;
    this.isPrivate = isPrivate;
    this.singleFile = singleFile;
    this.files = List.copyOf(files);
    this.v1Pieces = v1Pieces;
    this.layout = PieceLayout.of(pieceLength, this.files);
  }

  /** The bencoded bytes as received; the info-hashes are over these. */
  public byte[] raw() {
    return raw.clone();
  }

  /** The same as {@link #raw}, as a read-only view. */
  public ByteBuffer rawView() {
    return ByteBuffer.wrap(raw).asReadOnlyBuffer();
  }

  /** The torrent's identity. */
  public InfoHashes hashes() {
    return hashes;
  }

  /** The sanitised name: of the file, or of the root folder. */
  public String name() {
    return name;
  }

  /** Whether peers may come from trackers only (BEP 27). */
  public boolean isPrivate() {
    return isPrivate;
  }

  /** Whether the torrent is one file without a folder. */
  public boolean isSingleFile() {
    return singleFile;
  }

  /** All files in torrent order, pads, empty files and links included. */
  public List<FileEntry> files() {
    return files;
  }

  /** The arithmetic of pieces, blocks and files. */
  public PieceLayout layout() {
    return layout;
  }

  /** Whether pieces have SHA-1 hashes (v1 and hybrid). */
  public boolean hasV1() {
    return hashes.v1().isPresent();
  }

  /** Whether files have Merkle trees (v2 and hybrid). */
  public boolean hasV2() {
    return hashes.v2().isPresent();
  }

  /** The SHA-1 of {@code piece} (v1 and hybrid). */
  public Optional<Hash> v1Hash(int piece) {
    return hasV1()
        ? Optional.of(Hash.of(v1Pieces, piece * Hash.SHA1_BYTES, Hash.SHA1_BYTES))
        : Optional.empty();
  }

  /** Adds the SHA-1 of the pieces {@code from} to {@code to} to {@code digest}. */
  void digestV1(int from, int to, MessageDigest digest) {
    digest.update(v1Pieces, from * Hash.SHA1_BYTES, (to - from) * Hash.SHA1_BYTES);
  }

  /** Whether {@code piece} has the same SHA-1 as {@code otherPiece} of {@code other}. */
  boolean isSameV1(int piece, Info other, int otherPiece) {
    int at = piece * Hash.SHA1_BYTES;
    int from = otherPiece * Hash.SHA1_BYTES;
    return Arrays.equals(
        v1Pieces, at, at + Hash.SHA1_BYTES, other.v1Pieces, from, from + Hash.SHA1_BYTES);
  }
}
