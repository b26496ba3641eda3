package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Storage.Slice;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayout;

class RoundTripTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1000, 16_384, 20_000, 50_001, 262_144, 700_000})
  void v1WithPadsAndEmptyFilesAtOddPieceLengths(int pieceLength) throws IOException {
    Random random = new Random(pieceLength);
    TestTorrent torrent =
        TestTorrent.v1(
            pieceLength,
            random,
            5,
            0,
            30_000,
            -2_768,
            1,
            1,
            1,
            400_000,
            -10,
            0,
            17,
            16_384,
            99_999);
    commitAllAndCompare(torrent, random);
  }

  @ParameterizedTest
  @EnumSource(TestTorrent.Kind.class)
  void aligned(TestTorrent.Kind kind) throws IOException {
    Random random = new Random(7);
    commitAllAndCompare(
        TestTorrent.aligned(kind, 65_536, random, 100_000, 1, 0, 65_536, 300_001), random);
  }

  @Test
  void filesThatAreEvictedAndReopenedKeepTheirData() throws IOException {
    Random random = new Random(11);
    int[] lengths = random.ints(60, 1, 3_000).toArray();
    TestTorrent torrent = TestTorrent.v1(4_000, random, lengths);
    try (StorageFixture fixture = new StorageFixture(torrent, folder, 64, 3)) {
      commitAll(fixture);
      assertThat(fixture.disk.openFileCount()).isLessThanOrEqualTo(3 + 2);
      assertThat(fixture.check()).isEqualTo(all(torrent));
    }
    compareFiles(torrent);
  }

  private void commitAllAndCompare(TestTorrent torrent, Random random) throws IOException {
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
      commitAll(fixture);
      for (int i = 0; i < 30; i++) {
        List<Slice> slices = someSlices(torrent, random);
        Object read = fixture.read(slices);
        assertThat(read).isInstanceOf(List.class);
        for (int s = 0; s < slices.size(); s++) {
          assertThat((byte[]) ((List<?>) read).get(s)).isEqualTo(oracle(torrent, slices.get(s)));
        }
      }
      for (int piece = 0; piece < torrent.layout.pieceCount(); piece++) {
        assertThat(fixture.verify(piece).good()).isTrue();
        assertThat(fixture.leaves(piece)).isEqualTo(leaves(torrent, piece));
      }
      assertThat(fixture.check()).isEqualTo(all(torrent));
      assertThat(fixture.done(fixture.storage::sync)).isNull();
    }
    compareFiles(torrent);
  }

  private static byte[] leaves(TestTorrent torrent, int piece) {
    ByteBuffer leaves = ByteBuffer.allocate(torrent.layout.blockCount(piece) * Hash.SHA256_BYTES);
    for (int i = 0; leaves.hasRemaining(); i++) {
      Slice block = new Slice(piece, i * PieceLayout.BLOCK, torrent.layout.blockLength(piece, i));
      leaves.put(Digests.sha256().digest(oracle(torrent, block)));
    }
    return leaves.array();
  }

  private static void commitAll(StorageFixture fixture) {
    for (int piece = 0; piece < fixture.torrent.layout.pieceCount(); piece++) {
      assertThat(fixture.commit(piece, fixture.torrent.data(piece)).good()).isTrue();
    }
  }

  private void compareFiles(TestTorrent torrent) throws IOException {
    for (int i = 0; i < torrent.files.size(); i++) {
      Path path = torrent.path(folder, i);
      if (torrent.files.get(i).isPad()) {
        assertThat(path).doesNotExist();
      } else {
        assertThat(Files.readAllBytes(path)).isEqualTo(torrent.content(i));
      }
    }
  }

  /** Random slices, and runs of slices that follow each other. */
  private static List<Slice> someSlices(TestTorrent torrent, Random random) {
    List<Slice> slices = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    while (slices.size() < count) {
      int piece = random.nextInt(torrent.layout.pieceCount());
      int size = torrent.layout.pieceSize(piece);
      int begin = random.nextInt(size);
      int length = 1 + random.nextInt(Math.min(131_072, size - begin));
      slices.add(new Slice(piece, begin, length));
      if (random.nextBoolean() && begin + length < size) {
        slices.add(new Slice(piece, begin + length, Math.min(16_384, size - begin - length)));
      }
    }
    return slices;
  }

  private static byte[] oracle(TestTorrent torrent, Slice slice) {
    int from = slice.piece() * torrent.layout.pieceLength() + slice.begin();
    return Arrays.copyOfRange(torrent.space, from, from + slice.length());
  }

  private static BitSet all(TestTorrent torrent) {
    BitSet all = new BitSet();
    all.set(0, torrent.layout.pieceCount());
    return all;
  }
}
