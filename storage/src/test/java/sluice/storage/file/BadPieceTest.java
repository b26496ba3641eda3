package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayout;

class BadPieceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestTorrent.Kind.class)
  void theBlocksOfAWrongPieceAreIdentifiedAndWrittenOnlyIfSomeMayBeOfUse(TestTorrent.Kind kind)
      throws IOException {
    TestTorrent torrent = TestTorrent.aligned(kind, 65_536, new Random(1), 200_000, 70_000);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      for (int piece = 0; piece < torrent.layout.pieceCount(); piece++) {
        byte[] data = torrent.data(piece);
        data[data.length - 1] ^= 1;
        StorageFixture.Verdict verdict = fixture.commit(piece, data);
        assertThat(verdict.fault()).isNull();
        assertThat(verdict.digests())
            .isEqualTo(digests(data))
            .isNotEqualTo(digests(torrent.data(piece)));
      }
    }
    try (Stream<Path> made = Files.list(folder)) {
      assertThat(made.findAny().isPresent()).isEqualTo(kind != TestTorrent.Kind.V1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestTorrent.Kind.class)
  void oneFlippedBitAnywhereIsFound(TestTorrent.Kind kind) {
    Random random = new Random(2);
    TestTorrent torrent = TestTorrent.aligned(kind, 65_536, random, 65_536, 40_000);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      for (int i = 0; i < 50; i++) {
        int piece = random.nextInt(2);
        byte[] data = torrent.data(piece);
        data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
        assertThat(fixture.commit(piece, data).good()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestTorrent.Kind.class)
  void spilledBlocksAreVerifiedOnDisk(TestTorrent.Kind kind) {
    TestTorrent torrent = TestTorrent.aligned(kind, 131_072, new Random(3), 120_000, 131_072);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      for (int piece = 0; piece < 2; piece++) {
        byte[] good = torrent.data(piece);
        byte[] bad = good.clone();
        bad[40_000] ^= 4;
        int half = 3 * PieceLayout.BLOCK;
        byte[] head = Arrays.copyOf(bad, half);
        byte[] tail = Arrays.copyOfRange(bad, half, bad.length);
        assertThat(fixture.spill(piece, 3, tail)).isEqualTo(digests(tail));
        assertThat(fixture.spill(piece, 0, head)).isEqualTo(digests(head));
        StorageFixture.Verdict verdict = fixture.verify(piece);
        assertThat(verdict.good()).isFalse();
        assertThat(verdict.digests()).isEqualTo(digests(bad));
        fixture.spill(piece, 2, Arrays.copyOfRange(good, 2 * PieceLayout.BLOCK, half));
        assertThat(fixture.verify(piece).good()).isTrue();
      }
    }
  }

  /** Somebody cut off what an earlier run left: the piece is fetched again, and that is all. */
  @Test
  void aPieceOfWhichSomethingIsMissingOnDiskIsWrong() throws IOException {
    TestTorrent torrent = TestTorrent.aligned(TestTorrent.Kind.V1, 131_072, new Random(4), 131_072);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      byte[] good = torrent.data(0);
      int cut = 5 * PieceLayout.BLOCK;
      fixture.spill(0, 0, Arrays.copyOf(good, cut + 100));
      StorageFixture.Verdict verdict = fixture.verify(0);
      assertThat(verdict.fault()).isNull();
      assertThat(verdict.good()).isFalse();
      assertThat(verdict.digests())
          .hasSize(8)
          .startsWith(digests(Arrays.copyOf(good, cut)).toArray(Long[]::new));
      Files.delete(fixture.storage.paths().stream().map(Path::of).findFirst().orElseThrow());
    }
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      StorageFixture.Verdict verdict = fixture.verify(0);
      assertThat(verdict.fault()).isNull();
      assertThat(verdict.digests()).hasSize(8);
    }
  }

  private static List<Long> digests(byte[] data) {
    List<Long> digests = new ArrayList<>();
    for (int at = 0; at < data.length; at += PieceLayout.BLOCK) {
      byte[] block = Arrays.copyOfRange(data, at, Math.min(data.length, at + PieceLayout.BLOCK));
      digests.add(ByteBuffer.wrap(Hash.sha256(block).bytes()).getLong());
    }
    return digests;
  }
}
