package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage.Slice;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.FileEntry.Attribute;

/** Links, pipes and names that want to lead writes out of the torrent's folder. */
class HostileFolderTest {
  @TempDir Path parent;
  private Path folder;
  private Path outside;

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectory(parent.resolve("folder"));
    outside = Files.createDirectory(parent.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "precious");
  }

  @Test
  void aFileThatIsALinkIsNeitherWrittenNorRead() throws IOException {
    TestTorrent torrent = single("root", "f");
    Files.createDirectory(folder.resolve("root"));
    Files.createSymbolicLink(folder.resolve("root/f"), outside.resolve("secret"));
    refusesToWrite(torrent);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.read(List.of(new Slice(0, 0, 4))))
          .extracting("kind")
          .isEqualTo(Fault.Kind.NO_PERMISSION);
    }
  }

  @Test
  void aDanglingLinkIsNotWrittenThrough() throws IOException {
    Files.createSymbolicLink(folder.resolve("f"), outside.resolve("new"));
    refusesToWrite(single("f"));
  }

  @Test
  void aFolderThatIsALinkOutwardsIsNotUsed() throws IOException {
    Files.createSymbolicLink(folder.resolve("root"), outside);
    refusesToWrite(single("root", "secret"));
    refusesToWrite(single("root", "deep", "f"));
  }

  @Test
  void aLinkPlantedBetweenTwoWritesIsNotUsed() throws IOException {
    TestTorrent torrent = TestTorrent.v1(1_000, new Random(1), 1_000, 1_000, 1_000, 1_000);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
      assertThat(fixture.commit(0, torrent.data(0)).good()).isTrue();
      Files.delete(torrent.path(folder, 1).getParent());
      Files.createSymbolicLink(torrent.path(folder, 1).getParent(), outside);
      assertThat(fixture.commit(1, torrent.data(1)).fault().kind())
          .isEqualTo(Fault.Kind.NO_PERMISSION);
      Files.createSymbolicLink(torrent.path(folder, 3), outside.resolve("secret"));
      assertThat(fixture.commit(3, torrent.data(3)).fault().kind())
          .isEqualTo(Fault.Kind.NO_PERMISSION);
    }
    nothingHappenedOutside();
  }

  @Test
  void aPipeDoesNotBlock() throws Exception {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/mkfifo"))).as("no mkfifo here").isTrue();
    Process made = new ProcessBuilder("/usr/bin/mkfifo", folder.resolve("f").toString()).start();
    assertThat(made.waitFor()).isZero();
    refusesToWrite(single("f"));
    try (StorageFixture fixture = new StorageFixture(single("f"), folder)) {
      assertThat(fixture.read(List.of(new Slice(0, 0, 4)))).isInstanceOf(Fault.class);
      assertThat(fixture.check()).hasToString("{}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "a/b", "/etc", "../../x"})
  void anUnsafeElementIsRefusedEvenWhenTheParserLetItPass(String element) throws IOException {
    refusesToWrite(single("root", element));
    refusesToWrite(single("root", element, "f"));
  }

  @Test
  void linksAreMadeLastInsideAndRelative() throws IOException {
    FileEntry file = entry(List.of("root", "a", "f"), 9, Set.of(), Optional.empty());
    FileEntry link = link(List.of("root", "b", "l"), List.of("root", "a", "f"));
    TestTorrent torrent = TestTorrent.of(1_000, new Random(1), link, file);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
      assertThat(fixture.commit(0, torrent.data(0)).good()).isTrue();
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
    }
    assertThat(Files.readSymbolicLink(folder.resolve("root/b/l"))).hasToString("../a/f");
    assertThat(Files.readAllBytes(folder.resolve("root/b/l"))).isEqualTo(torrent.content(1));
  }

  @Test
  void aLinkOutwardsIsNotMadeAndNothingIsReplacedByALink() throws IOException {
    TestTorrent outwards =
        TestTorrent.of(
            1_000, new Random(1), link(List.of("l"), List.of("..", "outside", "secret")));
    try (StorageFixture fixture = new StorageFixture(outwards, folder)) {
      assertThat(fixture.done(fixture.storage::prepare).kind()).isEqualTo(Fault.Kind.NO_PERMISSION);
    }
    assertThat(folder.resolve("l")).doesNotExist();
    Files.writeString(folder.resolve("l"), "mine");
    TestTorrent inwards = TestTorrent.of(1_000, new Random(1), link(List.of("l"), List.of("f")));
    try (StorageFixture fixture = new StorageFixture(inwards, folder)) {
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
    }
    assertThat(folder.resolve("l")).hasContent("mine").isRegularFile();
  }

  @Test
  void prepareKeepsExistingDataAndSetsTheExecutableAttribute() throws IOException {
    FileEntry empty = entry(List.of("empty"), 0, Set.of(), Optional.empty());
    FileEntry kept = entry(List.of("kept"), 0, Set.of(), Optional.empty());
    FileEntry run = entry(List.of("run"), 7, Set.of(Attribute.EXECUTABLE), Optional.empty());
    Files.writeString(folder.resolve("kept"), "mine");
    TestTorrent torrent = TestTorrent.of(1_000, new Random(1), empty, kept, run);
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      assertThat(fixture.done(fixture.storage::prepare)).isNull();
      assertThat(folder.resolve("run")).doesNotExist();
      assertThat(fixture.commit(0, torrent.data(0)).good()).isTrue();
    }
    assertThat(folder.resolve("empty")).isEmptyFile();
    assertThat(folder.resolve("kept")).hasContent("mine");
    assertThat(folder.resolve("run")).isExecutable();
  }

  private void refusesToWrite(TestTorrent torrent) throws IOException {
    try (StorageFixture fixture = new StorageFixture(torrent, folder)) {
      StorageFixture.Verdict verdict = fixture.commit(0, torrent.data(0));
      assertThat(verdict.fault()).isNotNull();
      assertThat(verdict.fault().kind()).isEqualTo(Fault.Kind.NO_PERMISSION);
      assertThat(verdict.fault().detail()).doesNotContain("\n", "Exception");
    }
    nothingHappenedOutside();
  }

  private void nothingHappenedOutside() throws IOException {
    try (Stream<Path> there = Files.walk(outside)) {
      assertThat(there).containsExactly(outside, outside.resolve("secret"));
    }
    assertThat(outside.resolve("secret")).hasContent("precious");
    try (Stream<Path> there = Files.list(parent)) {
      assertThat(there).containsExactlyInAnyOrder(folder, outside);
    }
  }

  private static TestTorrent single(String... path) {
    return TestTorrent.of(
        1_000, new Random(1), entry(List.of(path), 8, Set.of(), Optional.empty()));
  }

  private static FileEntry link(List<String> path, List<String> target) {
    return entry(path, 0, Set.of(Attribute.SYMLINK), Optional.of(target));
  }

  private static FileEntry entry(
      List<String> path, long length, Set<Attribute> attributes, Optional<List<String>> target) {
    return new FileEntry(path, length, 0, attributes, target, Optional.empty());
  }
}
