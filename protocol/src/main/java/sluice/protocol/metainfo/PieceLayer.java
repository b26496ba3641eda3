package sluice.protocol.metainfo;

import sluice.protocol.digest.Hash;

/** The piece layer of one v2 file: a SHA-256 for each of its pieces (BEP 52). Immutable. */
public final class PieceLayer {
  private final byte[] hashes;

  /** Copies {@code hashes}, a multiple of 32 bytes. */
  public PieceLayer(byte[] hashes) {
    if (hashes.length % Hash.SHA256_BYTES != 0) {
      throw new IllegalArgumentException("not a multiple of 32 bytes: " + hashes.length);
    }
    this.hashes = hashes.clone();
  }

  /** Number of pieces of the file. */
  public int size() {
    return hashes.length / Hash.SHA256_BYTES;
  }

  /** The hash of the file's {@code index}-th piece. */
  public Hash hash(int index) {
    return Hash.of(hashes, index * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
  }

  /** A copy of the concatenated hashes. */
  public byte[] bytes() {
    return hashes.clone();
  }
}
