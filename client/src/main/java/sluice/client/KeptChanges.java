package sluice.client;

import java.util.List;
import java.util.Map;
import sluice.engine.session.Command;
import sluice.state.record.PlaceChange;
import sluice.state.record.RenamedFile;

/** Changes of where files are, as records of the store, and back. */
final class KeptChanges {
  private KeptChanges() {}

  /** The record of {@code change} to a torrent in the folder {@code from}. */
  static PlaceChange record(Command.Files change, String from) {
    return switch (change) {
      case Command.Move(String to) -> new PlaceChange.Move(from, to);
      case Command.Find(String to) -> new PlaceChange.Find(to);
      case Command.RenameFile(int file, List<String> path) ->
          new PlaceChange.RenameFile(file, path);
      case Command.RenameFolder(List<String> old, List<String> to) ->
          new PlaceChange.RenameFolder(old, to);
      case Command.Erase e -> new PlaceChange.Erase();
    };
  }

  /** What is recorded as {@code change}. */
  static Command.Files command(PlaceChange change) {
    return switch (change) {
      case PlaceChange.Move(String from, String to) -> new Command.Move(to);
      case PlaceChange.Find(String to) -> new Command.Find(to);
      case PlaceChange.RenameFile(int file, List<String> path) ->
          new Command.RenameFile(file, path);
      case PlaceChange.RenameFolder(List<String> from, List<String> to) ->
          new Command.RenameFolder(from, to);
      case PlaceChange.Erase e -> new Command.Erase();
    };
  }

  static List<RenamedFile> renamed(Map<Integer, List<String>> paths) {
    return paths.entrySet().stream()
        .map(e -> new RenamedFile(e.getKey(), String.join("/", e.getValue())))
        .toList();
  }
}
