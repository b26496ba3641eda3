package sluice.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/** Roots, piece layers and answers to hash requests, as computed by an independent program. */
class MerkleVectorTest {
  private static final int BLOCK = MerkleTree.LEAF_BYTES;

  @ParameterizedTest
  @MethodSource("files")
  void rootAndPieceLayer(String row) {
    String[] field = row.split("\t");
    byte[] content = content(field[0], Integer.parseInt(field[1]));
    int pieceLength = Integer.parseInt(field[2]);
    int pieces = Integer.parseInt(field[4]);
    byte[] leaves = leaves(content);
    MerkleLayers tree = MerkleLayers.ofLeaves(leaves);
    assertThat(tree.root().hex()).isEqualTo(field[3]);
    int count = leaves.length / 32;
    assertThat(MerkleTree.root(leaves, count, 1 << tree.height())).isEqualTo(tree.root());
    int level = MerkleTree.height(pieceLength / BLOCK);
    if (!field[5].equals("-")) {
      byte[] layer = tree.layer(level);
      assertThat(layer).hasSize(pieces * 32);
      assertThat(Hash.sha256(layer).hex()).isEqualTo(field[5]);
      assertThat(MerkleLayers.of(layer, level, tree.height()).root()).isEqualTo(tree.root());
    }
    checkPieces(content, pieceLength, tree, level);
  }

  private static void checkPieces(byte[] content, int pieceLength, MerkleLayers tree, int level) {
    PieceVerifier verifier = new PieceVerifier();
    for (int piece = 0; piece * pieceLength < content.length; piece++) {
      int from = piece * pieceLength;
      byte[] data = Arrays.copyOfRange(content, from, Math.min(from + pieceLength, content.length));
      boolean whole = level > tree.height();
      PieceHash.V2 v2 =
          whole
              ? new PieceHash.V2(tree.root(), 1 << tree.height())
              : new PieceHash.V2(tree.hash(level, piece).orElseThrow(), 1 << level);
      PieceHash expected = new PieceHash(Optional.empty(), Optional.of(v2));
      assertThat(verifier.verify(List.of(ByteBuffer.wrap(data)), pieceLength, expected)).isTrue();
      data[data.length - 1] ^= 1;
      assertThat(verifier.verify(List.of(ByteBuffer.wrap(data)), pieceLength, expected)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void answersToHashRequests(String row) {
    String[] field = row.split("\t");
    MerkleLayers tree =
        MerkleLayers.ofLeaves(leaves(content(field[0], Integer.parseInt(field[1]))));
    HashRange range =
        new HashRange(
            Integer.parseInt(field[2]),
            Integer.parseInt(field[3]),
            Integer.parseInt(field[4]),
            Integer.parseInt(field[5]));
    byte[] answer = range.answer(tree.height(), tree).orElseThrow();
    assertThat(answer).hasSize(32 * Integer.parseInt(field[6]));
    assertThat(Hash.sha256(answer).hex()).isEqualTo(field[7]);
    assertThat(range.verify(ByteBuffer.wrap(answer), tree.root(), tree.height())).isTrue();
  }

  static Stream<String> files() {
    return rows("files.tsv");
  }

  static Stream<String> requests() {
    return rows("requests.tsv");
  }

  private static Stream<String> rows(String name) {
    try (InputStream in = MerkleVectorTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256(name, 0), SHA-256(name, 1), … cut to {@code length}. */
  private static byte[] content(String name, int length) {
    ByteBuffer out = ByteBuffer.allocate(length + 32);
    for (int i = 0; out.position() < length; i++) {
      MessageDigest digest = Digests.sha256();
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      out.put(digest.digest(ByteBuffer.allocate(4).putInt(i).array()));
    }
    return Arrays.copyOf(out.array(), length);
  }

  private static byte[] leaves(byte[] content) {
    int count = (content.length + BLOCK - 1) / BLOCK;
    ByteBuffer out = ByteBuffer.allocate(count * 32);
    for (int i = 0; i < count; i++) {
      int to = Math.min((i + 1) * BLOCK, content.length);
      out.put(Hash.sha256(Arrays.copyOfRange(content, i * BLOCK, to)).bytes());
    }
    return out.array();
  }
}
