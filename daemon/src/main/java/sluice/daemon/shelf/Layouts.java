package sluice.daemon.shelf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.client.Brought;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.wire.PieceSet;

/** Where the files of a torrent are in its folder, other than its author has them. */
final class Layouts {
  private Layouts() {}

  /** Paths that differ from those of the author, by the places of the files. */
  static Map<Integer, List<String>> renamed(Info info, Handling.Layout layout) {
    Map<Integer, List<String>> renamed = new HashMap<>();
    for (int i = 0; i < info.files().size(); i++) {
      FileEntry file = info.files().get(i);
      List<String> path = path(info, file.path(), layout);
      if (!file.isPad() && !path.equals(file.path())) {
        renamed.put(i, path);
      }
    }
    return renamed;
  }

  private static List<String> path(Info info, List<String> path, Handling.Layout layout) {
    return switch (layout) {
      case ORIGINAL -> path;
      case FOLDER -> info.isSingleFile() ? inFolder(path) : path;
      case FLAT -> info.isSingleFile() || path.size() < 2 ? path : path.subList(1, path.size());
    };
  }

  /** In a folder that is called as the file, without its ending. */
  private static List<String> inFolder(List<String> path) {
    String name = path.getLast();
    int dot = name.lastIndexOf('.');
    List<String> inside = new ArrayList<>(List.of(dot > 0 ? name.substring(0, dot) : name));
    inside.addAll(path);
    return inside;
  }

  /** What is said of the data of a torrent that is added; empty if nothing is. */
  static Optional<Brought> brought(Info info, Handling handling) {
    Map<Integer, List<String>> renamed = renamed(info, handling.layout());
    if (renamed.isEmpty() && !handling.checked()) {
      return Optional.empty();
    }
    PieceSet have = new PieceSet(handling.checked() ? info.layout().pieceCount() : 0);
    for (int piece = 0; piece < have.size(); piece++) {
      have.set(piece);
    }
    return Optional.of(
        new Brought(
            have, renamed, 0, 0, Duration.ZERO, Duration.ZERO, Optional.empty(), Optional.empty()));
  }
}
