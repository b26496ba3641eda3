package sluice.protocol.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/**
 * The SHA-256 trees of BEP 52, as pure functions over concatenated 32-byte hashes. Level 0 are the
 * leaves: the hashes of blocks. What a tree lacks to a power of two are zero leaves, so on each
 * level the missing nodes have one and the same hash, {@link #pad}.
 */
public final class MerkleTree {
  /** Bytes of a block: what a leaf is the hash of. */
  public static final int LEAF_BYTES = 16_384;

  /** Highest level of a root: files have less than 2^30 blocks. */
  public static final int MAX_HEIGHT = 30;

  private static final int SIZE = Hash.SHA256_BYTES;
  private static final byte[][] PADS = pads();

  private MerkleTree() {}

  /**
   * The root over {@code count} leaves, filled up with zero hashes to {@code width}.
   *
   * @param leaves {@code count} concatenated hashes; not changed
   * @param width a power of two, at least {@code count}
   */
  public static Hash root(byte[] leaves, int count, int width) {
    if (Integer.bitCount(width) != 1 || count > width || (long) count * SIZE > leaves.length) {
      throw new IllegalArgumentException(count + " leaves do not fit a tree of " + width);
    }
    int height = height(width);
    if (count == 0) {
      return pad(height);
    }
    byte[] level = Arrays.copyOf(leaves, (count + 1) * SIZE);
    MessageDigest digest = Digests.sha256();
    int n = count;
    for (int h = 0; h < height; h++) {
      n = climb(level, n, h, digest);
    }
    return Hash.of(level, 0, SIZE);
  }

  /** The level above {@code count} hashes of {@code level}: half as many, rounded up. */
  public static byte[] above(byte[] hashes, int count, int level) {
    byte[] work = Arrays.copyOf(hashes, (count + 1) * SIZE);
    int n = climb(work, count, level, Digests.sha256());
    return Arrays.copyOf(work, n * SIZE);
  }

  /** The hash of {@code left} and {@code right}. */
  public static Hash parent(Hash left, Hash right) {
    MessageDigest digest = Digests.sha256();
    digest.update(left.bytes());
    return Hash.of(digest.digest(right.bytes()));
  }

  /** The hash of a node of {@code level} below which there is no data. */
  public static Hash pad(int level) {
    return Hash.of(PADS[level]);
  }

  /** Level of the root above {@code count} leaves. */
  public static int height(int count) {
    return count <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  /** Hashes the pairs in place; {@code work} has room for one hash more than {@code count}. */
  private static int climb(byte[] work, int count, int level, MessageDigest digest) {
    if ((count & 1) != 0) {
      System.arraycopy(PADS[level], 0, work, count * SIZE, SIZE);
    }
    int parents = (count + 1) / 2;
    try {
      for (int i = 0; i < parents; i++) {
        digest.update(work, 2 * i * SIZE, 2 * SIZE);
        digest.digest(work, i * SIZE, SIZE);
      }
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    return parents;
  }

  private static byte[][] pads() {
    byte[][] pads = new byte[MAX_HEIGHT + 1][];
    pads[0] = new byte[SIZE];
    MessageDigest digest = Digests.sha256();
    for (int level = 1; level <= MAX_HEIGHT; level++) {
      digest.update(pads[level - 1]);
      pads[level] = digest.digest(pads[level - 1]);
    }
    return pads;
  }
}
