package sluice.storage.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.TorrentCreator;

class TorrentMakerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Version.class)
  void equalsTheTorrentThatIsMadeOfTheSameContentInMemory(Version version) throws Exception {
    for (boolean aligned : new boolean[] {false, true}) {
      Path root = Files.createDirectories(folder.resolve(version + "-" + aligned));
      MetainfoBuilder builder = MetainfoBuilder.ofFolder(root.getFileName().toString());
      Random random = new Random(3);
      String[] names = {"b/2", "b/10", "a", "a.txt", "b.c", "\u00e9", "z/z/z", "empty", "C"};
      int[] sizes = {1_000_000, 1, 65_536, 65_537, 300_000, 5, 700_001, 0, 16_384};
      for (int i = 0; i < names.length; i++) {
        write(root.resolve(names[i]), random, sizes[i]);
        builder.file(List.of(names[i].split("/")), sizes[i]);
      }
      configure(builder, version, aligned);
      List<Long> progress = new ArrayList<>();
      TorrentMaker.Made made =
          TorrentMaker.make(
              root, b -> configure(b, version, aligned), (done, total) -> progress.add(done));
      byte[] expected = TorrentCreator.create(builder, (f, at, to) -> read(root, f, at, to));
      assertThat(made.bytes()).isEqualTo(expected);
      assertThat(made.warnings()).isEmpty();
      assertThat(progress).isSorted();
      assertThat(progress.getLast()).isEqualTo(made.metainfo().info().layout().totalLength());
    }
  }

  @Test
  void aSingleFileIsCalledAsItIsGivenAndMayBeReachedByALink() throws Exception {
    Path file = write(folder.resolve("film"), new Random(1), 40_000);
    Path link = Files.createSymbolicLink(folder.resolve("alias"), file);
    assertThat(make(file).metainfo().info().name()).isEqualTo("film");
    assertThat(make(link).metainfo().info().name()).isEqualTo("alias");
    assertThat(make(link).metainfo().info().isSingleFile()).isTrue();
  }

  @Test
  void linksInsideAreKeptOthersAreLeftOutWithAWarning() throws Exception {
    Path outside = write(folder.resolve("outside"), new Random(1), 10);
    Path root = Files.createDirectory(folder.resolve("root"));
    write(root.resolve("d/file"), new Random(1), 10);
    Files.createSymbolicLink(root.resolve("inside"), Path.of("d/file"));
    Files.createSymbolicLink(root.resolve("d/up"), root.resolve("d/file"));
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("nowhere"), Path.of("gone"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    TorrentMaker.Made made = make(root);
    List<FileEntry> files = made.metainfo().info().files();
    assertThat(files.stream().filter(f -> f.symlink().isPresent()).map(FileEntry::path))
        .containsExactly(List.of("root", "d", "up"), List.of("root", "inside"));
    assertThat(files.getLast().symlink()).contains(List.of("root", "d", "file"));
    assertThat(made.warnings())
        .hasSize(3)
        .anyMatch(w -> w.contains("out:") && w.contains("leads out"))
        .anyMatch(w -> w.contains("nowhere:") && w.contains("leads nowhere"))
        .anyMatch(w -> w.contains("loop:") && w.contains("leads nowhere"));
  }

  @Test
  void theExecutableAttributeIsTaken() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    assertThat(write(root.resolve("run"), new Random(1), 10).toFile().setExecutable(true)).isTrue();
    write(root.resolve("text"), new Random(1), 10);
    List<FileEntry> files =
        make(root).metainfo().info().files().stream().filter(f -> !f.isPad()).toList();
    assertThat(files.getFirst().attributes()).containsExactly(FileEntry.Attribute.EXECUTABLE);
    assertThat(files.getLast().attributes()).isEmpty();
  }

  @Test
  void aNameThatClientsChangeIsTold() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    write(root.resolve("con\u0007trol"), new Random(1), 10);
    assertThat(make(root).warnings()).anyMatch(w -> w.contains("clients will call it"));
  }

  @Test
  void whatCannotBeReadIsOneClearLine() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> make(empty))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no torrent can be made of " + empty);
    assertThatThrownBy(() -> make(folder.resolve("gone")))
        .isInstanceOf(SourceException.class)
        .hasMessage(folder.resolve("gone") + ": no such file or folder");
    assertThatThrownBy(() -> make(Path.of("/")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no name");
    assertThatThrownBy(() -> make(Path.of("/dev/null")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("neither");
  }

  @Test
  void aFileThatChangesWhileItIsReadIsTold() throws Exception {
    Path file = write(folder.resolve("f"), new Random(1), 40_000);
    assertThatThrownBy(() ->
            TorrentMaker.make(file, b -> write(file, new Random(2), 39_999), (done, total) -> {}))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("changed while it was read");
  }

  private static void configure(MetainfoBuilder builder, Version version, boolean aligned) {
    builder.version(version).aligned(aligned).pieceLength(65_536);
  }

  private static TorrentMaker.Made make(Path source) throws Exception {
    return TorrentMaker.make(source, builder -> {}, (done, total) -> {});
  }

  private static Path write(Path path, Random random, int size) {
    try {
      byte[] data = new byte[size];
      random.nextBytes(data);
      Files.createDirectories(path.getParent());
      return Files.write(path, data);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void read(Path root, FileEntry file, long offset, byte[] target) {
    try {
      Path path = root.resolveSibling(String.join("/", file.path()));
      byte[] all = Files.readAllBytes(path);
      byte[] part = Arrays.copyOfRange(all, (int) offset, (int) offset + target.length);
      System.arraycopy(part, 0, target, 0, target.length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
