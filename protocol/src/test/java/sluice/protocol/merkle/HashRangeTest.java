package sluice.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every range of random trees is answered and proven, and false answers are not. */
class HashRangeTest {

  @Test
  void everyRangeOfATreeIsProven() {
    for (long seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      byte[] leaves = new byte[32 * (2 + random.nextInt(150))];
      random.nextBytes(leaves);
      MerkleLayers tree = MerkleLayers.ofLeaves(leaves);
      int height = tree.height();
      for (int base = 0; base < height; base++) {
        for (int length = 2; length <= 1 << (height - base) && length <= 512; length *= 2) {
          int index = length * random.nextInt((1 << (height - base)) / length);
          check(HashRange.proven(base, index, length, height), tree, random, seed);
        }
      }
    }
  }

  private static void check(HashRange range, MerkleLayers tree, Random random, long seed) {
    byte[] answer = range.answer(tree.height(), tree).orElseThrow();
    ByteBuffer buffer = ByteBuffer.wrap(answer);
    assertThat(range.verify(buffer, tree.root(), tree.height()))
        .as("seed %d %s", seed, range)
        .isTrue();
    assertThat(buffer.remaining()).isEqualTo(answer.length);
    answer[random.nextInt(answer.length)] ^= (byte) (1 << random.nextInt(8));
    assertThat(range.verify(buffer, tree.root(), tree.height()))
        .as("seed %d %s", seed, range)
        .isFalse();
    assertThat(range.verify(buffer.limit(answer.length - 32), tree.root(), tree.height()))
        .isFalse();
  }

  /** In a file of 16 blocks, whose root is at level 4. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 2, 3, true",
    "0, 12, 4, 0, true",
    "3, 0, 2, 0, true",
    "0, 0, 16, 3, true",
    "-1, 0, 2, 3, false",
    "4, 0, 2, 0, false",
    "0, 1, 2, 3, false",
    "0, 16, 2, 3, false",
    "0, -2, 2, 3, false",
    "0, 2147483646, 2, 3, false",
    "0, 0, 1, 3, false",
    "0, 0, 3, 3, false",
    "0, 0, 0, 3, false",
    "0, 0, 32, 3, false",
    "0, 0, -2147483648, 3, false",
    "0, 0, 1024, 3, false",
    "0, 0, 2, 4, false",
    "0, 0, 2, -1, false",
    "2147483647, 0, 2, 0, false",
  })
  void whatIsValid(int base, int index, int length, int proof, boolean valid) {
    HashRange range = new HashRange(base, index, length, proof);
    assertThat(range.isValid(4)).isEqualTo(valid);
    MerkleLayers tree = MerkleLayers.ofLeaves(new byte[16 * 32]);
    assertThat(range.answer(4, tree).isPresent()).isEqualTo(valid);
    if (!valid) {
      assertThat(range.verify(ByteBuffer.allocate(64), tree.root(), 4)).isFalse();
    }
  }

  @Test
  void aProofThatEndsBelowTheRootProvesNothing() {
    byte[] leaves = new byte[16 * 32];
    leaves[5] = 1;
    MerkleLayers tree = MerkleLayers.ofLeaves(leaves);
    HashRange range = new HashRange(0, 0, 2, 2);
    byte[] answer = range.answer(4, tree).orElseThrow();
    assertThat(answer).hasSize(4 * 32);
    assertThat(range.verify(ByteBuffer.wrap(answer), tree.root(), 4)).isFalse();
  }

  /** With a piece layer at hand the blocks of a piece need no proof above it. */
  @Test
  void aProofThatEndsAtAKnownNodeProvesThat() {
    byte[] leaves = new byte[32 * 32];
    new Random(3).nextBytes(leaves);
    MerkleLayers tree = MerkleLayers.ofLeaves(leaves);
    for (int proof = 0; proof <= 4; proof++) {
      HashRange range = new HashRange(0, 12, 4, proof);
      byte[] answer = range.answer(5, tree).orElseThrow();
      assertThat(range.top(ByteBuffer.wrap(answer), 5))
          .isEqualTo(tree.hash(range.topLevel(), range.topIndex()))
          .isPresent();
    }
  }

  @Test
  void whatASourceLacksIsNotAnswered() {
    MerkleLayers whole = MerkleLayers.ofLeaves(new byte[16 * 32]);
    MerkleLayers upper = MerkleLayers.of(whole.layer(2), 2, 4);
    assertThat(new HashRange(0, 0, 2, 3).answer(4, upper)).isEmpty();
    assertThat(new HashRange(2, 0, 2, 1).answer(4, upper)).isPresent();
    assertThat(upper.hash(2, 4)).isEmpty();
    assertThat(upper.hash(5, 0)).isEmpty();
  }

  @Test
  void padsAreRootsOfEmptyTrees() {
    for (int level = 0; level < 12; level++) {
      assertThat(MerkleTree.pad(level)).isEqualTo(MerkleTree.root(new byte[0], 0, 1 << level));
      int width = 1 << level;
      assertThat(MerkleTree.root(new byte[32 * width], width, width))
          .isEqualTo(MerkleTree.pad(level));
    }
  }

  @Test
  void layersThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleLayers.of(new byte[0], 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleLayers.of(new byte[31], 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleLayers.of(new byte[96], 1, 2));
  }
}
