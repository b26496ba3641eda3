package sluice.ledger.proof;

import java.nio.ByteBuffer;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * A node of the tree: what is owed below it, and a hash that covers both.
 *
 * @param micros never negative
 */
public record SumNode(long micros, Hash hash) {
  private static final byte[] LEAF = {0};
  private static final byte[] INNER = {1};

  public SumNode {
    if (micros < 0 || hash.length() != Hash.SHA256_BYTES) {
      throw new IllegalArgumentException("a node of " + micros);
    }
  }

  /**
   * The leaf of a member.
   *
   * @param nonce 32 bytes that only the member is told, so that others cannot guess who it is
   */
  public static SumNode leaf(Hash nonce, PayAddress member, long micros) {
    return new SumNode(
        micros, Keccak.of(LEAF, nonce.bytes(), member.bytes().bytes(), bytes(micros)));
  }

  /** The node above two; an overflow is an error. */
  static SumNode above(SumNode left, SumNode right) {
    long sum = Math.addExact(left.micros, right.micros);
    Hash hash =
        Keccak.of(
            INNER, bytes(left.micros), left.hash.bytes(), bytes(right.micros), right.hash.bytes());
    return new SumNode(sum, hash);
  }

  private static byte[] bytes(long micros) {
    return ByteBuffer.allocate(Long.BYTES).putLong(micros).array();
  }
}
