package sluice.storage.hashing;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.Scratch;

/**
 * Hashes one piece whose data passes by in order, in parts of any size. Belongs to one worker, and
 * only one piece at a time is hashed with a worker's scratch.
 *
 * <p>SHA-1 runs over everything; SHA-256 over each 16 KiB, whose leaves make the root at the end.
 */
public final class PieceHasher {
  private static final byte[] ZEROES = new byte[PieceLayout.BLOCK];

  private final Scratch scratch;
  private final boolean v1;
  private final boolean v2;
  private final MessageDigest sha1;
  private final MessageDigest sha256;
  private final byte[] leaves;
  private final int maxLeaves;
  private int leafCount;
  private int leafFill;

  /**
   * Starts a piece.
   *
   * @param v1 whether {@link #sha1} will be asked for
   * @param v2 whether {@link #root} will be asked for
   * @param dataSize bytes that will be given to {@link #update}
   */
  public PieceHasher(Scratch scratch, boolean v1, boolean v2, int dataSize) {
    this.scratch = scratch;
    this.v1 = v1;
    this.v2 = v2;
    sha1 = scratch.sha1();
    sha256 = scratch.sha256();
    maxLeaves = (dataSize + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK;
    leaves = scratch.leaves(v2 ? maxLeaves : 0);
  }

  /** Starts a piece that is to be compared with {@code expected}. */
  public static PieceHasher verifying(Scratch scratch, PieceHash expected, int dataSize) {
    return new PieceHasher(scratch, expected.v1().isPresent(), expected.v2().isPresent(), dataSize);
  }

  /** Takes the remaining bytes of {@code data}, the next ones of the piece. */
  public void update(ByteBuffer data) {
    scratch.hashed(data.remaining());
    if (!v2) {
      sha1.update(data);
      return;
    }
    int end = data.limit();
    while (data.position() < end) {
      int at = data.position();
      int length = Math.min(PieceLayout.BLOCK - leafFill, end - at);
      data.limit(at + length);
      if (v1) {
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

  /** The SHA-1 of the data with {@code padSize} zero bytes after it. */
  public Hash sha1(int padSize) {
    for (int left = padSize; left > 0; left -= ZEROES.length) {
      sha1.update(ZEROES, 0, Math.min(left, ZEROES.length));
    }
    return Hash.of(sha1.digest());
  }

  /** The leaves of the data's blocks, concatenated. */
  public byte[] leaves() {
    if (leafFill > 0) {
      endLeaf();
    }
    return Arrays.copyOf(leaves, leafCount * Hash.SHA256_BYTES);
  }

  /**
   * The root of the Merkle tree of the data's blocks, filled up with zero hashes to {@code width}.
   */
  public Hash root(int width) {
    if (leafFill > 0) {
      endLeaf();
    }
    return MerkleTree.root(leaves, leafCount, width);
  }

  /** Whether all hashes hold, {@code padSize} zero bytes after the data taken as part for v1. */
  public boolean matches(PieceHash expected, int padSize) {
    boolean good = expected.v1().isEmpty() || expected.v1().get().equals(sha1(padSize));
    if (good && expected.v2().isPresent()) {
      PieceHash.V2 tree = expected.v2().get();
      good = maxLeaves <= tree.width() && root(tree.width()).equals(tree.root());
    }
    return good;
  }

  /** The first 64 bits of the SHA-256 of {@code block}: what tells its versions apart. */
  public static long blockDigest(Scratch scratch, ByteBuffer block) {
    scratch.hashed(block.remaining());
    MessageDigest digest = scratch.sha256();
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
