package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.engine.port.Storage;

class CheckTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestTorrent.Kind.class)
  void findsExactlyThePiecesThatAreWrong(TestTorrent.Kind kind) throws IOException {
    Random random = new Random(5);
    TestTorrent torrent = TestTorrent.aligned(kind, 32_768, random, 1_000_000, 1, 70_000);
    torrent.writeTo(folder);
    BitSet good = all(torrent);
    try (RandomAccessFile file = new RandomAccessFile(torrent.path(folder, 0).toFile(), "rw")) {
      for (int i = 0; i < 6; i++) {
        int at = random.nextInt(1_000_000);
        file.seek(at);
        file.write(torrent.space[at] ^ 1);
        good.clear(at / 32_768);
      }
    }
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.check()).isEqualTo(good);
    }
  }

  @Test
  void piecesOfMissingAndShortFilesAreNotRead() throws IOException {
    TestTorrent torrent = TestTorrent.v1(10_000, new Random(6), 25_000, 30_000, 45_000);
    torrent.writeTo(folder);
    Files.delete(torrent.path(folder, 0));
    try (RandomAccessFile file = new RandomAccessFile(torrent.path(folder, 2).toFile(), "rw")) {
      file.setLength(20_000);
    }
    AtomicInteger asked = new AtomicInteger();
    AtomicReference<Object> result = new AtomicReference<>();
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      fixture.storage.check(
          10,
          piece -> {
            asked.incrementAndGet();
            return torrent.expected(piece);
          },
          new StorageFixture.Gather(result));
      assertThat(fixture.await(result)).isEqualTo(BitSet.valueOf(new long[] {0b0001111000}));
    }
    assertThat(asked.get()).isEqualTo(4);
  }

  @Test
  void ofAFolderThatDoesNotExistFindsNothingAndMakesNothing() {
    TestTorrent torrent = TestTorrent.v1(10_000, new Random(6), 25_000, 30_000);
    Path absent = folder.resolve("absent");
    try (StorageFixture fixture = new StorageFixture(torrent, absent)) {
      assertThat(fixture.check()).isEqualTo(new BitSet());
    }
    assertThat(absent).doesNotExist();
  }

  @Test
  void canBeCancelled() throws Exception {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(7), 400_000);
    torrent.writeTo(folder);
    AtomicReference<Object> result = new AtomicReference<>();
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      Storage.Check check =
          fixture.storage.check(
              400,
              piece -> {
                if (asked.incrementAndGet() >= 50) {
                  reached.countDown();
                  await(cancelled);
                }
                return torrent.expected(piece);
              },
              new StorageFixture.Gather(result));
      await(reached);
      check.cancel();
      cancelled.countDown();
      assertThat(((BitSet) fixture.await(result)).cardinality()).isLessThan(50);
    }
    assertThat(asked.get()).isBetween(50, 51);
  }

  @Test
  void aBugOfTheCallerIsAFaultAndEndsOnce() throws IOException {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(7), 4_000);
    torrent.writeTo(folder);
    AtomicReference<Object> result = new AtomicReference<>();
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      fixture.storage.check(
          4,
          piece -> {
            throw new IllegalStateException("no hash of " + piece);
          },
          new StorageFixture.Gather(result));
      assertThat(fixture.await(result).toString()).contains("IO", "internal error", "no hash of");
    }
  }

  @Test
  void closingEndsARunningCheck() throws IOException {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(8), 400_000);
    torrent.writeTo(folder);
    AtomicReference<Object> result = new AtomicReference<>();
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      fixture.storage.check(400, torrent::expected, new StorageFixture.Gather(result));
    }
    assertThat(result.get()).isInstanceOf(BitSet.class);
  }

  @Test
  void aFileThatCannotBeReadIsAFaultAndEndsOnce() throws IOException {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(9), 40_000);
    Path path = torrent.path(folder, 0);
    Files.createDirectories(path.getParent().getParent());
    Path elsewhere = Files.createDirectory(folder.resolveSibling("elsewhere" + System.nanoTime()));
    Files.createSymbolicLink(path.getParent(), elsewhere);
    Files.write(elsewhere.resolve("f0"), torrent.content(0));
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.check().toString()).contains("NO_PERMISSION", "link out of");
    }
    Files.delete(elsewhere.resolve("f0"));
    Files.delete(elsewhere);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static BitSet all(TestTorrent torrent) {
    BitSet all = new BitSet();
    all.set(0, torrent.layout.pieceCount());
    return all;
  }
}
