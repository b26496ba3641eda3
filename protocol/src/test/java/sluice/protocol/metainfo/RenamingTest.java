package sluice.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenamingTest {
  private final List<FileEntry> files = List.of(file(0, "t", "a"), file(5, "t", "d", "b"));

  private static FileEntry file(long offset, String... path) {
    return new FileEntry(List.of(path), 5, offset, Set.of(), Optional.empty(), Optional.empty());
  }

  private static List<List<String>> paths(Renaming.Result result) {
    return switch (result) {
      case Renaming.Result.Renamed renamed ->
          renamed.files().stream().map(FileEntry::path).toList();
      case Renaming.Result.Refused refused -> List.of();
    };
  }

  @Test
  void filesAndFoldersGetOtherPaths() {
    assertThat(paths(Renaming.file(files, 1, List.of("x"))))
        .containsExactly(List.of("t", "a"), List.of("x"));
    assertThat(paths(Renaming.folder(files, List.of("t", "d"), List.of("u", "v"))))
        .containsExactly(List.of("t", "a"), List.of("u", "v", "b"));
    assertThat(paths(Renaming.all(files, Map.of(0, List.of("t", "d", "a")))))
        .containsExactly(List.of("t", "d", "a"), List.of("t", "d", "b"));
  }

  @Test
  void namesThatAreUnsafeTakenOrFoldersAreRefused() {
    for (List<String> bad :
        List.of(
            List.<String>of(),
            List.of(".."),
            List.of("a/b"),
            List.of("con"),
            List.of("t", "A"),
            List.of("T", "a"),
            List.of("t"),
            List.of("t", "a", "b"))) {
      assertThat(paths(Renaming.file(files, 1, bad))).as("%s", bad).isEmpty();
    }
    assertThat(paths(Renaming.file(files, 2, List.of("x")))).isEmpty();
    assertThat(paths(Renaming.folder(files, List.of("none"), List.of("x")))).isEmpty();
    assertThat(paths(Renaming.folder(files, List.of("t"), List.of("..")))).isEmpty();
  }
}
