package sluice.engine.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.protocol.metainfo.Info;

/** Which files of a torrent are at the place of a file of another one. Loop only. */
final class SamePlaces {
  private final Map<String, Integer> files = new HashMap<>();
  private final Map<Integer, String> taken = new LinkedHashMap<>();

  /** {@code paths} are as {@link sluice.engine.port.Storage#paths} tells. */
  SamePlaces(Info info, List<String> paths) {
    for (int i = 0; i < paths.size(); i++) {
      if (info.files().get(i).hasData()) {
        files.put(paths.get(i), i);
      }
    }
  }

  /** The places of the torrent's files. */
  List<String> paths() {
    return files.keySet().stream().sorted().toList();
  }

  /** Takes note of the files of another torrent. */
  void compare(Info other, List<String> paths) {
    for (int i = 0; i < paths.size(); i++) {
      Integer mine = other.files().get(i).hasData() ? files.get(paths.get(i)) : null;
      if (mine != null) {
        taken.put(
            mine, paths.get(i) + " is a file of the torrent " + other.name() + ", which is there");
      }
    }
  }

  /** The files that are others', too, with the reason for people. */
  Map<Integer, String> taken() {
    return taken;
  }
}
