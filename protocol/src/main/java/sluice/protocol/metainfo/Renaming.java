package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a torrent under names that a user chose. Names stay safe below a folder and as
 * different as {@link SafePaths} makes them. Pure.
 */
public final class Renaming {
  /** Most elements of a path. */
  public static final int MAX_ELEMENTS = 100;

  private Renaming() {}

  /** What came of a wish. */
  public sealed interface Result {
    /** All files; those that were not to be renamed are the same objects. */
    record Renamed(List<FileEntry> files) implements Result {}

    /** Not possible; {@code why} is one line for people. */
    record Refused(String why) implements Result {}
  }

  /** {@code files} with the path of one of them changed. */
  public static Result file(List<FileEntry> files, int file, List<String> path) {
    return file < 0 || file >= files.size()
        ? new Result.Refused("the torrent has no file " + file)
        : all(files, Map.of(file, path));
  }

  /** {@code files} with another start of all paths that start with {@code from}. */
  public static Result folder(List<FileEntry> files, List<String> from, List<String> to) {
    List<FileEntry> changed = new ArrayList<>(files);
    boolean any = false;
    for (int i = 0; i < changed.size(); i++) {
      List<String> path = changed.get(i).path();
      if (!changed.get(i).isPad() && path.size() > from.size() && startsWith(path, from)) {
        List<String> moved = new ArrayList<>(to);
        moved.addAll(path.subList(from.size(), path.size()));
        changed.set(i, changed.get(i).at(moved));
        any = true;
      }
    }
    return any && !from.isEmpty() && !to.isEmpty()
        ? judged(files, changed)
        : new Result.Refused("the torrent has no folder " + String.join("/", from));
  }

  /** {@code files} with the paths of some of them, by index. */
  public static Result all(List<FileEntry> files, Map<Integer, List<String>> paths) {
    List<FileEntry> changed = new ArrayList<>(files);
    for (Map.Entry<Integer, List<String>> wish : paths.entrySet()) {
      int file = wish.getKey();
      if (file < 0 || file >= files.size() || files.get(file).isPad()) {
        return new Result.Refused("the torrent has no file " + file + " that can be renamed");
      }
      changed.set(file, files.get(file).at(wish.getValue()));
    }
    return judged(files, changed);
  }

  private static boolean startsWith(List<String> path, List<String> start) {
    return path.subList(0, start.size()).equals(start);
  }

  private static Result judged(List<FileEntry> before, List<FileEntry> after) {
    Set<List<String>> taken = new HashSet<>();
    Set<List<String>> folders = new HashSet<>();
    for (int i = 0; i < after.size(); i++) {
      FileEntry entry = after.get(i);
      if (entry.isPad()) {
        continue;
      }
      Optional<String> unsafe =
          entry.equals(before.get(i)) ? Optional.empty() : unsafe(entry.path());
      if (unsafe.isPresent()) {
        return new Result.Refused(unsafe.get());
      }
      List<String> folded = entry.path().stream().map(FileNames::folded).toList();
      if (!taken.add(folded)) {
        return new Result.Refused(shown(entry) + " would be the name of two files");
      }
      for (int n = folded.size() - 1; n > 0 && folders.add(folded.subList(0, n)); n--) {
        // each start of a path is a folder; the shorter ones are known when a longer one is
      }
    }
    for (FileEntry entry : after) {
      if (!entry.isPad()
          && folders.contains(entry.path().stream().map(FileNames::folded).toList())) {
        return new Result.Refused(shown(entry) + " would be a file and a folder");
      }
    }
    return new Result.Renamed(List.copyOf(after));
  }

  private static Optional<String> unsafe(List<String> path) {
    if (path.isEmpty() || path.size() > MAX_ELEMENTS) {
      return Optional.of("a path has 1 to " + MAX_ELEMENTS + " elements");
    }
    for (String element : path) {
      if (!FileNames.safe(element).equals(Optional.of(element))) {
        return Optional.of("the name " + element + " is not safe on every system");
      }
    }
    return Optional.empty();
  }

  private static String shown(FileEntry entry) {
    return String.join("/", entry.path());
  }
}
