package sluice.protocol.merkle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * Which nodes of a file's tree a hash request of BEP 52 names: {@code length} neighbours, and as
 * proof the uncles of their common ancestor, bottom up. A proof layer in which the range still has
 * two nodes or more needs no uncle, since they follow from the range.
 *
 * @param baseLayer level of the nodes; 0 are the blocks
 * @param index first node, a multiple of {@code length}
 * @param length a power of two from 2 to 512
 * @param proofLayers levels above the base up to which uncles are wanted; the root's has none
 */
public record HashRange(int baseLayer, int index, int length, int proofLayers) {
  /** Most neighbours of one request. */
  public static final int MAX_LENGTH = 512;

  private static final int SIZE = Hash.SHA256_BYTES;

  /** Whether a file whose root is at level {@code height} has such a range. */
  public boolean isValid(int height) {
    return baseLayer >= 0
        && baseLayer < height
        && height <= MerkleTree.MAX_HEIGHT
        && length >= 2
        && length <= MAX_LENGTH
        && Integer.bitCount(length) == 1
        && index >= 0
        && index % length == 0
        && (long) index + length <= 1L << (height - baseLayer)
        && proofLayers >= 0
        && proofLayers < height - baseLayer;
  }

  /** Number of uncles in the answer. */
  public int uncles() {
    return Math.max(0, proofLayers - (MerkleTree.height(length) - 1));
  }

  /** Number of hashes in the answer. */
  public int answerLength() {
    return length + uncles();
  }

  /** The range of {@code length} nodes at {@code index} with the whole proof. */
  public static HashRange proven(int baseLayer, int index, int length, int height) {
    return new HashRange(baseLayer, index, length, height - baseLayer - 1);
  }

  /** The answer, if the range is valid and {@code source} knows every node of it. */
  public Optional<byte[]> answer(int height, HashSource source) {
    if (!isValid(height)) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(answerLength() * SIZE);
    for (int i = 0; i < length; i++) {
      Optional<Hash> hash = source.hash(baseLayer, index + i);
      if (hash.isEmpty()) {
        return Optional.empty();
      }
      out.writeBytes(hash.get().bytes());
    }
    int level = baseLayer + MerkleTree.height(length);
    int node = index / length;
    for (int i = 0; i < uncles(); i++) {
      Optional<Hash> hash = source.hash(level + i, (node >>> i) ^ 1);
      if (hash.isEmpty()) {
        return Optional.empty();
      }
      out.writeBytes(hash.get().bytes());
    }
    return Optional.of(out.toByteArray());
  }

  /** Level of the node that an answer leads to. */
  public int topLevel() {
    return baseLayer + MerkleTree.height(length) + uncles();
  }

  /** Index of the node that an answer leads to. */
  public int topIndex() {
    return (index / length) >>> uncles();
  }

  /**
   * The node that {@code hashes}, the remaining bytes of an answer, which stay unread, lead to: the
   * answer is right if that is what {@link #topIndex} of {@link #topLevel} is known to be. Empty
   * when range or number of hashes are wrong.
   */
  public Optional<Hash> top(ByteBuffer hashes, int height) {
    if (!isValid(height) || hashes.remaining() != answerLength() * SIZE) {
      return Optional.empty();
    }
    byte[] all = new byte[hashes.remaining()];
    hashes.get(hashes.position(), all);
    Hash node = MerkleTree.root(all, length, length);
    int at = index / length;
    for (int i = 0; i < uncles(); i++) {
      Hash uncle = Hash.of(all, (length + i) * SIZE, SIZE);
      boolean right = ((at >>> i) & 1) != 0;
      node = right ? MerkleTree.parent(uncle, node) : MerkleTree.parent(node, uncle);
    }
    return Optional.of(node);
  }

  /**
   * Whether the remaining bytes of {@code hashes}, which stay unread, lead to {@code root} at level
   * {@code height}. An answer whose proof ends below the root does not.
   */
  public boolean verify(ByteBuffer hashes, Hash root, int height) {
    return topLevel() == height && top(hashes, height).filter(root::equals).isPresent();
  }
}
