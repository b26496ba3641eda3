package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.List;
import sluice.daemon.web.Problem;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Priority;
import sluice.engine.session.TorrentFiles;
import tools.jackson.databind.JsonNode;

/** Lists of files in requests: an empty one means all files. */
final class FileLists {
  private FileLists() {}

  static List<Integer> numbers(JsonNode arguments, String name) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode each : arguments.path(name)) {
      if (!each.isNumber() || each.doubleValue() < 0) {
        throw Problem.bad(name + " has numbers of files");
      }
      numbers.add((int) each.doubleValue());
    }
    return numbers;
  }

  /** Whether {@code arguments} says anything of files. */
  static boolean isThere(JsonNode arguments) {
    return List.of(
            "files-wanted", "files-unwanted", "priority-high", "priority-normal", "priority-low")
        .stream()
        .anyMatch(arguments::has);
  }

  /** What is wanted of {@code files} if {@code arguments} are done. */
  static FileSelection change(JsonNode arguments, TorrentFiles files) {
    List<Priority> changed =
        new ArrayList<>(files.files().stream().map(TorrentFiles.TorrentFile::priority).toList());
    if (arguments.has("files-wanted")) {
      for (int file : all(arguments, "files-wanted", changed.size())) {
        if (changed.get(file) == Priority.SKIP) {
          changed.set(file, Priority.NORMAL);
        }
      }
    }
    set(arguments, "priority-normal", changed, Priority.NORMAL, true);
    set(arguments, "priority-low", changed, Priority.LOW, true);
    set(arguments, "priority-high", changed, Priority.HIGH, true);
    set(arguments, "files-unwanted", changed, Priority.SKIP, false);
    return new FileSelection(changed);
  }

  /** A file that is not wanted stays so when only its priority is said. */
  private static void set(
      JsonNode arguments, String name, List<Priority> files, Priority to, boolean onlyWanted) {
    if (arguments.has(name)) {
      for (int file : all(arguments, name, files.size())) {
        if (!onlyWanted || files.get(file) != Priority.SKIP) {
          files.set(file, to);
        }
      }
    }
  }

  private static List<Integer> all(JsonNode arguments, String name, int count) {
    List<Integer> named = numbers(arguments, name);
    if (named.isEmpty()) {
      return java.util.stream.IntStream.range(0, count).boxed().toList();
    }
    if (named.stream().anyMatch(file -> file >= count)) {
      throw Problem.bad("the torrent has " + count + " files");
    }
    return named;
  }
}
