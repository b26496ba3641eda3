package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.bencode.BString;
import sluice.protocol.metainfo.MetainfoException.Reason;

/**
 * Gives every file a safe path of its own, in time linear in the input. Folders are never renamed;
 * a file whose name is taken in its folder, by a folder or by an earlier file, gets the first free
 * number before its extension. Names that differ only in case or composition count as equal. One
 * use, one thread.
 */
final class SafePaths {
  /** Most path elements of all files together; bounds memory when deep folders hold many files. */
  static final int MAX_ELEMENTS = 1_000_000;

  /** Folders by parent and folded name; the root has number 0. */
  private final Map<Slot, Integer> folders = new HashMap<>();

  /** Taken file names; the value is the next number to try. */
  private final Map<Slot, Integer> taken = new HashMap<>();

  /** The previous file's path, to reuse what files of one folder have in common. */
  private List<BString> previousRaw = List.of();

  private String[] previous = new String[0];
  private int[] previousFolders = new int[0];
  private int elements;

  private SafePaths() {}

  /** The safe path below the root folder of each of {@code files}, in order. */
  static List<String[]> of(List<RawFile> files) throws MetainfoException {
    SafePaths names = new SafePaths();
    List<String[]> paths = new ArrayList<>(files.size());
    int[] parents = new int[files.size()];
    for (RawFile file : files) {
      String[] path = file.isPad() ? padPath(file) : names.safe(file.path());
      if (!file.isPad()) {
        parents[paths.size()] = names.parent(path, file.path());
      }
      paths.add(path);
    }
    for (int i = 0; i < parents.length; i++) {
      if (!files.get(i).isPad()) {
        String[] path = paths.get(i);
        path[path.length - 1] = names.unique(parents[i], path[path.length - 1]);
      }
    }
    return paths;
  }

  /** The safe elements of {@code raw}, at least one. */
  static List<String> elements(List<BString> raw) {
    List<String> path = new ArrayList<>(raw.size());
    for (BString element : raw) {
      FileNames.safe(element.utf8()).ifPresent(path::add);
    }
    return path.isEmpty() ? List.of("_") : path;
  }

  private static String[] padPath(RawFile file) {
    return new String[] {".pad", Long.toString(file.length())};
  }

  private String[] safe(List<BString> raw) throws MetainfoException {
    String[] path = new String[Math.max(1, raw.size())];
    int n = 0;
    for (int i = 0; i < raw.size(); i++) {
      if (n == i && isShared(raw, i)) {
        path[n++] = previous[i];
        continue;
      }
      Optional<String> name = FileNames.safe(raw.get(i).utf8());
      if (name.isPresent()) {
        path[n++] = name.get();
      }
    }
    if (n == 0) {
      path[n++] = "_";
    }
    elements += n;
    if (elements > MAX_ELEMENTS) {
      throw new MetainfoException(Reason.TOO_DEEP, "more path elements than can be held");
    }
    return n == path.length ? path : Arrays.copyOf(path, n);
  }

  /** Whether element {@code i} is that of the previous path, of which nothing was dropped. */
  private boolean isShared(List<BString> raw, int i) {
    return i < previousRaw.size()
        && previous.length == previousRaw.size()
        && raw.get(i).equals(previousRaw.get(i));
  }

  /** The folder of the file at {@code path}, made when it is not there. */
  private int parent(String[] path, List<BString> raw) {
    int[] numbers = new int[path.length];
    int folder = 0;
    boolean same = true;
    for (int i = 0; i + 1 < path.length; i++) {
      same = same && i + 1 < previous.length && path[i].equals(previous[i]);
      if (same) {
        folder = previousFolders[i];
      } else {
        Slot slot = new Slot(folder, FileNames.folded(path[i]));
        Integer known = folders.putIfAbsent(slot, folders.size() + 1);
        folder = known == null ? folders.size() : known;
      }
      numbers[i] = folder;
    }
    previous = path.clone();
    previousRaw = raw;
    previousFolders = numbers;
    return folder;
  }

  private String unique(int folder, String name) {
    Slot slot = new Slot(folder, FileNames.folded(name));
    Integer number = folders.containsKey(slot) ? Integer.valueOf(1) : taken.get(slot);
    if (number == null) {
      taken.put(slot, 1);
      return name;
    }
    number = taken.getOrDefault(slot, number);
    while (true) {
      String candidate = FileNames.numbered(name, number++);
      Slot free = new Slot(folder, FileNames.folded(candidate));
      if (!folders.containsKey(free) && taken.putIfAbsent(free, 1) == null) {
        taken.put(slot, number);
        return candidate;
      }
    }
  }

  /** A name in a folder. */
  private record Slot(int folder, String folded) {}
}
