package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.port.Storage.Slice;

class FaultTest {
  @TempDir Path folder;

  @Test
  void readsGiveEverythingBackWhenThePoolIsUsedUp() throws IOException {
    TestTorrent torrent = TestTorrent.v1(262_144, new Random(1), 600_000);
    torrent.writeTo(folder);
    try (StorageFixture fixture = new StorageFixture(torrent, folder, 10, 8)) {
      Object read = fixture.read(List.of(new Slice(0, 0, 131_072), new Slice(1, 0, 65_536)));
      assertThat(read).extracting("kind").isEqualTo(Fault.Kind.NO_SPACE);
      assertThat(fixture.pool.available()).isEqualTo(10);
      assertThat(fixture.read(List.of(new Slice(0, 0, 131_072)))).isInstanceOf(List.class);
    }
  }

  @Test
  void aRemovedOrTruncatedFileIsMissing() throws IOException {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(2), 5_000, 5_000);
    torrent.writeTo(folder);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.read(List.of(new Slice(0, 0, 1_000)))).isInstanceOf(List.class);
      try (RandomAccessFile file = new RandomAccessFile(torrent.path(folder, 0).toFile(), "rw")) {
        file.setLength(500);
      }
      Files.delete(torrent.path(folder, 1));
      for (int piece : new int[] {0, 7}) {
        Fault fault = (Fault) fixture.read(List.of(new Slice(piece, 0, 1_000)));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING);
        assertThat(fault.detail()).contains(torrent.path(folder, piece / 7).toString());
      }
      assertThat(fixture.verify(7).fault()).isNull();
      assertThat(fixture.verify(7).good()).isFalse();
    }
  }

  @Test
  void aFolderBelowAFileCannotBeUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(3), 5_000);
    try (StorageFixture fixture = new StorageFixture(torrent, file.resolve("below"))) {
      Fault fault = fixture.done(fixture.storage::prepare);
      assertThat(fault.kind()).isEqualTo(Fault.Kind.NO_PERMISSION);
      assertThat(fault.detail()).contains("file");
      assertThat(fixture.commit(0, torrent.data(0)).fault()).isNotNull();
    }
  }

  @Test
  void aFolderThatWasRemovedIsMissingAndNotMadeAgain() throws IOException {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(3), 5_000);
    Path gone = folder.resolve("gone");
    try (StorageFixture fixture = new StorageFixture(torrent, gone)) {
      assertThat(fixture.commit(0, torrent.data(0)).fault().kind()).isEqualTo(Fault.Kind.MISSING);
    }
    assertThat(gone).doesNotExist();
  }

  @Test
  void aFullDiskIsNoSpace() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()),
        "a small file system cannot be mounted here");
    try {
      TestTorrent torrent = TestTorrent.v1(65_536, new Random(4), 1_000_000);
      List<Fault> faults = new ArrayList<>();
      try (StorageFixture fixture = new StorageFixture(torrent, small)) {
        for (int piece = 0; piece < 8; piece++) {
          StorageFixture.Verdict verdict = fixture.commit(piece, torrent.data(piece));
          if (!verdict.good()) {
            faults.add(verdict.fault());
          }
        }
        assertThat(fixture.pool.available()).isEqualTo(fixture.pool.capacity());
      }
      assertThat(faults).isNotEmpty().allMatch(f -> f.kind() == Fault.Kind.NO_SPACE);
      assertThat(faults.getFirst().detail()).endsWith("f0: no space left on the device");
    } finally {
      assertThat(run("umount", small.toString())).isTrue();
    }
  }

  @Test
  void outcomesComeInBatchesAndAfterClosingEverythingIsRefused() {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(5), 300_000);
    StorageFixture fixture = new StorageFixture(torrent, folder);
    assertThat(fixture.done(fixture.storage::prepare)).isNull();
    AtomicInteger ended = new AtomicInteger();
    int before = fixture.loop.delivered();
    for (int piece = 0; piece < 300; piece++) {
      List<Block> blocks = fixture.blocks(torrent.data(piece));
      fixture.storage.commit(piece, blocks, torrent.expected(piece), counting(ended));
    }
    fixture.close();
    assertThat(ended.get()).isEqualTo(300);
    assertThat(fixture.loop.delivered() - before).isLessThanOrEqualTo(301);
    assertThat(fixture.commit(0, torrent.data(0)).fault().kind()).isEqualTo(Fault.Kind.CLOSED);
    assertThat(fixture.pool.available()).isEqualTo(fixture.pool.capacity());
    assertThatThrownBy(() -> fixture.done(fixture.storage::close))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Storage.CommitHandler counting(AtomicInteger ended) {
    return new Storage.CommitHandler() {
      @Override
      public void onGood() {
        ended.incrementAndGet();
      }

      @Override
      public void onBad(List<Long> blockDigests) {
        throw new AssertionError("bad");
      }

      @Override
      public void onFault(Fault fault) {
        throw new AssertionError(fault);
      }
    };
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
