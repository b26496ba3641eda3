package sluice.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

final class PieceLayoutTest {
  private static final int BLOCK = PieceLayout.BLOCK;
  private static final int PIECE = 4 * BLOCK;

  @Test
  void v1RequestsEndWithTheData() {
    PieceLayout layout = PieceLayout.of(PIECE, List.of(file(PIECE + 100, Optional.empty())));
    assertThat(layout.isRequest(0, PIECE - BLOCK, BLOCK)).isTrue();
    assertThat(layout.isRequest(0, PIECE - BLOCK, BLOCK + 1)).isFalse();
    assertThat(layout.isRequest(1, 0, 100)).isTrue();
    assertThat(layout.isRequest(1, 0, 101)).isFalse();
  }

  @Test
  void v2RequestsMayFillTheLastBlock() {
    Hash root = Hash.of(new byte[Hash.SHA256_BYTES], 0, Hash.SHA256_BYTES);
    PieceLayout layout = PieceLayout.of(PIECE, List.of(file(PIECE + 100, Optional.of(root))));
    assertThat(layout.isRequest(0, PIECE - BLOCK, BLOCK + 1)).isFalse();
    assertThat(layout.isRequest(1, 0, 100)).isTrue();
    assertThat(layout.isRequest(1, 0, BLOCK)).isTrue();
    assertThat(layout.isRequest(1, 0, BLOCK + 1)).isFalse();
    assertThat(layout.isRequest(1, BLOCK, 1)).isFalse();
    assertThat(layout.blockLength(1, 0)).isEqualTo(100);
  }

  @Test
  void requestsOutsideAreNone() {
    PieceLayout layout = PieceLayout.of(PIECE, List.of(file(PIECE, Optional.empty())));
    assertThat(layout.isRequest(-1, 0, 1)).isFalse();
    assertThat(layout.isRequest(1, 0, 1)).isFalse();
    assertThat(layout.isRequest(0, -1, 1)).isFalse();
    assertThat(layout.isRequest(0, 0, 0)).isFalse();
    assertThat(layout.isRequest(0, Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
  }

  private static FileEntry file(long length, Optional<Hash> root) {
    return new FileEntry(List.of("f"), length, 0, Set.of(), Optional.empty(), root);
  }
}
