package sluice.engine.torrent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Picker;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;

/**
 * The files of a torrent that are at the place of another torrent's: they are read, and never
 * written. Loop only.
 */
final class OthersFiles {
  private final Info info;
  private final Picker picker;
  private final Consumer<Fault> refused;
  private final Map<Integer, String> reasons = new LinkedHashMap<>();

  OthersFiles(Info info, Picker picker, Consumer<Fault> refused) {
    this.info = info;
    this.picker = picker;
    this.refused = refused;
  }

  /** These files are others', with the reason for people. */
  void put(Map<Integer, String> theirs) {
    reasons.putAll(theirs);
  }

  /** Whether the piece has bytes of such a file. */
  boolean has(int piece) {
    return reasons.keySet().stream()
        .map(info.files()::get)
        .filter(FileEntry::hasData)
        .anyMatch(f -> first(f) <= piece && piece <= last(f));
  }

  /** Whether nothing of {@code selection} has to be written into such a file; says why if not. */
  boolean allow(FileSelection selection) {
    if (reasons.isEmpty()) {
      return true;
    }
    var chosen = selection.chosen(info);
    for (Map.Entry<Integer, String> each : reasons.entrySet()) {
      FileEntry file = info.files().get(each.getKey());
      if (chosen.get(each.getKey()) && file.hasData()) {
        int missing = picker.have().nextClear(first(file));
        if (missing >= 0 && missing <= last(file)) {
          refused.accept(new Fault(Fault.Kind.OCCUPIED, each.getValue()));
          return false;
        }
      }
    }
    return true;
  }

  private int first(FileEntry file) {
    return info.layout().firstPiece(file);
  }

  private int last(FileEntry file) {
    return info.layout().lastPiece(file);
  }
}
