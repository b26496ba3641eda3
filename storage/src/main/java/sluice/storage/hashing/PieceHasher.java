package sluice.storage.hashing;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.Scratch;

/**
 * Verifies one piece whose data passes by in order, in parts of any size. Belongs to one worker.
 *
 * <p>SHA-1 runs over everything; SHA-256 over each 16 KiB, whose leaves make the root at the end.
 */
public final class PieceHasher {
  private static final byte[] ZEROES = new byte[PieceLayout.BLOCK];

  private final PieceHash expected;
  private final MessageDigest sha1;
  private final MessageDigest sha256;
  private final byte[] leaves;
  private final int maxLeaves;
  private int leafCount;
  private int leafFill;

  /**
   * Starts a piece.
   *
   * @param dataSize bytes that will be given to {@link #update}
   */
  public PieceHasher(Scratch scratch, PieceHash expected, int dataSize) {
    this.expected = expected;
    sha1 = scratch.sha1();
    sha256 = scratch.sha256();
    maxLeaves = (dataSize + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK;
    leaves = expected.v2().isPresent() ? scratch.leaves(maxLeaves) : ZEROES;
  }

  /** Takes the remaining bytes of {@code data}, the next ones of the piece. */
  public void update(ByteBuffer data) {
    if (expected.v2().isEmpty()) {
      sha1.update(data);
      return;
    }
    int end = data.limit();
    while (data.position() < end) {
      int at = data.position();
      int length = Math.min(PieceLayout.BLOCK - leafFill, end - at);
      data.limit(at + length);
      if (expected.v1().isPresent()) {
        sha1.update(data);
        data.position(at);
      }
      sha256.update(data);
      leafFill += length;
      if (leafFill == PieceLayout.BLOCK) {
        endLeaf();
      }
      data.limit(end);
    }
  }

  /** Whether all hashes hold, {@code padSize} zero bytes after the data taken as part for v1. */
  public boolean matches(int padSize) {
    boolean good = true;
    if (expected.v1().isPresent()) {
      for (int left = padSize; left > 0; left -= ZEROES.length) {
        sha1.update(ZEROES, 0, Math.min(left, ZEROES.length));
      }
      good = expected.v1().get().matches(sha1.digest());
    }
    if (expected.v2().isPresent()) {
      if (leafFill > 0) {
        endLeaf();
      }
      PieceHash.V2 v2 = expected.v2().get();
      good =
          good
              && leafCount <= v2.width()
              && MerkleTree.root(leaves, leafCount, v2.width()).equals(v2.root());
    }
    return good;
  }

  /** The first 64 bits of the SHA-1 of {@code block}: what tells its versions apart. */
  public static long blockDigest(Scratch scratch, ByteBuffer block) {
    MessageDigest digest = scratch.sha1();
    digest.update(block);
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private void endLeaf() {
    if (leafCount == maxLeaves) {
      throw new IllegalStateException("more data than the piece has");
    }
    try {
      sha256.digest(leaves, leafCount * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    leafCount++;
    leafFill = 0;
  }
}
