package sluice.state.record;

import java.util.List;

/** A change of where a torrent's files are that is intended, or was interrupted. */
public sealed interface PlaceChange {
  /** Most elements of a path. */
  int MAX_ELEMENTS = 1_000;

  /** From one folder to another. */
  record Move(String from, String to) implements PlaceChange {
    public Move {
      check(from);
      check(to);
    }
  }

  /** The files in another folder are used, and those in the one before are left. */
  record Find(String to) implements PlaceChange {
    public Find {
      check(to);
    }
  }

  /** A file, by its index, gets another path. */
  record RenameFile(int file, List<String> path) implements PlaceChange {
    public RenameFile {
      path = checked(path);
      if (file < 0 || file >= FilePriorities.MAX_FILES) {
        throw new IllegalArgumentException("file " + file);
      }
    }
  }

  /** All files in a folder get another one. */
  record RenameFolder(List<String> from, List<String> to) implements PlaceChange {
    public RenameFolder {
      from = checked(from);
      to = checked(to);
    }
  }

  /** The files are deleted and the torrent is forgotten. */
  record Erase() implements PlaceChange {}

  private static List<String> checked(List<String> path) {
    path.forEach(PlaceChange::check);
    if (path.size() > MAX_ELEMENTS) {
      throw new IllegalArgumentException("a path of " + path.size() + " elements");
    }
    return List.copyOf(path);
  }

  private static void check(String text) {
    if (text.length() > Torrent.MAX_TEXT_CHARS) {
      throw new IllegalArgumentException("a path of " + text.length() + " characters");
    }
  }
}
