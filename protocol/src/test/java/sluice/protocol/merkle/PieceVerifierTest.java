package sluice.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

/** Pieces in buffers of any kind and size, with and without pads. */
class PieceVerifierTest {
  private final PieceVerifier verifier = new PieceVerifier();

  @Test
  void v1CountsPadsAsZeroes() {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      byte[] piece = new byte[1 + random.nextInt(100_000)];
      int data = random.nextInt(piece.length + 1);
      byte[] content = new byte[data];
      random.nextBytes(content);
      System.arraycopy(content, 0, piece, 0, data);
      PieceHash expected = new PieceHash(Optional.of(Hash.sha1(piece)), Optional.empty());
      List<ByteBuffer> parts = split(content, random);
      assertThat(verifier.verify(parts, piece.length, expected)).as("seed %d", seed).isTrue();
      assertThat(parts.stream().mapToInt(ByteBuffer::remaining).sum()).isEqualTo(data);
      assertThat(verifier.verify(parts, piece.length + 1, expected)).isFalse();
    }
  }

  @Test
  void hybridPiecesNeedBoth() {
    Random random = new Random(5);
    byte[] content = new byte[70_000];
    random.nextBytes(content);
    byte[] padded = Arrays.copyOf(content, 131_072);
    byte[] leaves = new byte[5 * 32];
    for (int i = 0; i < 5; i++) {
      byte[] block = Arrays.copyOfRange(content, i * 16_384, Math.min(70_000, (i + 1) * 16_384));
      System.arraycopy(Hash.sha256(block).bytes(), 0, leaves, i * 32, 32);
    }
    Hash v1 = Hash.sha1(padded);
    Hash v2 = MerkleTree.root(leaves, 5, 8);
    Hash other = Hash.sha256(leaves);
    assertThat(verify(content, random, v1, v2, 8)).isTrue();
    assertThat(verify(content, random, v1, other, 8)).isFalse();
    assertThat(verify(content, random, other.truncated(), v2, 8)).isFalse();
    assertThat(verify(content, random, v1, v2, 4)).isFalse();
  }

  private boolean verify(byte[] content, Random random, Hash v1, Hash v2, int width) {
    PieceHash expected = new PieceHash(Optional.of(v1), Optional.of(new PieceHash.V2(v2, width)));
    return verifier.verify(split(content, random), 131_072, expected);
  }

  @Test
  void tooMuchDataIsACallersMistake() {
    PieceHash any = new PieceHash(Optional.of(Hash.sha1(new byte[0])), Optional.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> verifier.verify(List.of(ByteBuffer.allocate(10)), 9, any));
  }

  private static List<ByteBuffer> split(byte[] content, Random random) {
    List<ByteBuffer> parts = new ArrayList<>();
    for (int at = 0; at < content.length; ) {
      int n = Math.min(content.length - at, 1 + random.nextInt(40_000));
      ByteBuffer part =
          random.nextBoolean() ? ByteBuffer.allocateDirect(n + 7) : ByteBuffer.allocate(n + 7);
      parts.add(part.position(7).put(content, at, n).position(7).asReadOnlyBuffer());
      at += n;
    }
    return parts;
  }
}
