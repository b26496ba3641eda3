package sluice.protocol.merkle;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.List;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/**
 * Tells whether the bytes of a piece are right, reading them once for v1 and v2 together. It keeps
 * digests and a buffer for use again; one thread at a time.
 */
public final class PieceVerifier {
  private static final int SIZE = Hash.SHA256_BYTES;

  private final MessageDigest sha1 = Digests.sha1();
  private final MessageDigest sha256 = Digests.sha256();
  private final byte[] block = new byte[MerkleTree.LEAF_BYTES];
  private final byte[] zeroes = new byte[MerkleTree.LEAF_BYTES];
  private final byte[] digest = new byte[Hash.SHA1_BYTES];

  /** A verifier for one thread. */
  public PieceVerifier() {}

  /**
   * Whether {@code data} is the piece that {@code expected} tells.
   *
   * @param data the remaining bytes of each buffer, in order, without the pads at the end of the
   *     piece; the buffers stay unread
   * @param pieceSize bytes of the piece with these pads, which are zeroes (v1)
   */
  public boolean verify(List<ByteBuffer> data, int pieceSize, PieceHash expected) {
    boolean v1 = expected.v1().isPresent();
    boolean v2 = expected.v2().isPresent();
    int length = 0;
    for (ByteBuffer part : data) {
      length = Math.addExact(length, part.remaining());
    }
    if (length > pieceSize) {
      throw new IllegalArgumentException(length + " bytes in a piece of " + pieceSize);
    }
    int blocks = (length + MerkleTree.LEAF_BYTES - 1) / MerkleTree.LEAF_BYTES;
    if (v2 && blocks > expected.v2().get().width()) {
      return false;
    }
    byte[] leaves = new byte[v2 ? blocks * SIZE : 0];
    digest(data, v1, v2, leaves);
    return (!v1 || isV1(pieceSize - length, expected.v1().get()))
        && (!v2 || isV2(leaves, blocks, expected.v2().get()));
  }

  /** Gathers whole blocks from the buffers, whatever their sizes, and digests each. */
  private void digest(List<ByteBuffer> data, boolean v1, boolean v2, byte[] leaves) {
    sha1.reset();
    int filled = 0;
    int leaf = 0;
    for (ByteBuffer part : data) {
      for (int at = part.position(); at < part.limit(); ) {
        int n = Math.min(part.limit() - at, block.length - filled);
        part.get(at, block, filled, n);
        at += n;
        filled += n;
        if (filled == block.length) {
          digestBlock(filled, v1, v2, leaves, leaf++);
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      digestBlock(filled, v1, v2, leaves, leaf);
    }
  }

  private void digestBlock(int length, boolean v1, boolean v2, byte[] leaves, int leaf) {
    if (v1) {
      sha1.update(block, 0, length);
    }
    if (v2) {
      sha256.update(block, 0, length);
      finish(sha256, leaves, leaf * SIZE, SIZE);
    }
  }

  private boolean isV1(int padBytes, Hash expected) {
    for (int left = padBytes; left > 0; left -= zeroes.length) {
      sha1.update(zeroes, 0, Math.min(left, zeroes.length));
    }
    finish(sha1, digest, 0, digest.length);
    return expected.matches(digest);
  }

  private static boolean isV2(byte[] leaves, int blocks, PieceHash.V2 expected) {
    return MerkleTree.root(leaves, blocks, expected.width()).equals(expected.root());
  }

  private static void finish(MessageDigest digest, byte[] out, int at, int length) {
    try {
      digest.digest(out, at, length);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
