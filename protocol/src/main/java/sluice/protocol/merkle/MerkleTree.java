package sluice.protocol.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/** The SHA-256 trees of BEP 52, as pure functions over concatenated 32-byte hashes. */
public final class MerkleTree {
  private static final int SIZE = Hash.SHA256_BYTES;

  private MerkleTree() {}

  /**
   * The root over {@code count} leaves, filled up with zero hashes to {@code width}.
   *
   * @param leaves {@code count} concatenated hashes; not changed
   * @param width a power of two, at least {@code count}
   */
  public static Hash root(byte[] leaves, int count, int width) {
    if (Integer.bitCount(width) != 1 || count > width || count * SIZE > leaves.length) {
      throw new IllegalArgumentException(count + " leaves do not fit a tree of " + width);
    }
    byte[] level = Arrays.copyOf(leaves, width * SIZE);
    Arrays.fill(level, count * SIZE, level.length, (byte) 0);
    MessageDigest digest = Digests.sha256();
    try {
      for (int n = width; n > 1; n /= 2) {
        for (int i = 0; i < n / 2; i++) {
          digest.update(level, 2 * i * SIZE, 2 * SIZE);
          digest.digest(level, i * SIZE, SIZE);
        }
      }
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    return Hash.of(level, 0, SIZE);
  }
}
