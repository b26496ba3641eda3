package sluice.daemon.shelf;

import java.util.List;
import sluice.daemon.web.Problem;
import sluice.engine.session.TorrentFiles;

/** Gives files or folders of a torrent, named by paths, other names. */
public final class Renaming {
  private Renaming() {}

  /** Renames what has the path {@code from}, be it a file or a folder. */
  public static void rename(Desk desk, Item item, List<String> from, List<String> to) {
    TorrentFiles files =
        desk.files(item).orElseThrow(() -> Problem.conflict("the files are not known"));
    for (int i = 0; i < files.files().size(); i++) {
      if (files.files().get(i).path().equals(from)) {
        int file = i;
        desk.change(item, handle -> handle.renameFile(file, to));
        return;
      }
    }
    boolean folder =
        files.files().stream()
            .anyMatch(f ->
                f.path().size() > from.size() && f.path().subList(0, from.size()).equals(from));
    if (!folder) {
      throw Problem.missing("no file or folder of the torrent has this path");
    }
    desk.change(item, handle -> handle.renameFolder(from, to));
  }
}
