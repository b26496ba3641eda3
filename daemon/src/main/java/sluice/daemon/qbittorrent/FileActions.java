package sluice.daemon.qbittorrent;

import java.util.ArrayList;
import java.util.List;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Renaming;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Priority;
import sluice.engine.session.TorrentFiles;

/** Changes files of torrents: how much they are wanted, what they are called. */
record FileActions(QbContext context) {
  void addTo(Calls calls) {
    calls.act("torrents/filePrio", Scope.MANAGE, this::prioritize);
    calls.act("torrents/renameFile", Scope.MANAGE, this::rename);
    calls.act("torrents/renameFolder", Scope.MANAGE, this::rename);
  }

  private void prioritize(Request request) {
    Item item = context.item(request);
    Priority priority =
        switch (request.need("priority")) {
          case "0" -> Priority.SKIP;
          case "1", "4" -> Priority.NORMAL;
          case "6" -> Priority.HIGH;
          case "7" -> Priority.FIRST;
          default -> throw Problem.bad("Priority must be an integer of 0, 1, 6 or 7");
        };
    TorrentFiles files =
        context
            .desk()
            .files(item)
            .orElseThrow(() -> Problem.conflict("Torrent's metadata has not yet downloaded"));
    List<Priority> changed =
        new ArrayList<>(files.files().stream().map(TorrentFiles.TorrentFile::priority).toList());
    for (String id : QbContext.parts(request.need("id"), "\\|")) {
      long index = AppCalls.number(id);
      if (!id.matches("-?[0-9]{1,18}")) {
        throw Problem.bad("File IDs must be integers");
      } else if (index < 0 || index >= changed.size()) {
        throw Problem.conflict("File IDs are not valid");
      }
      changed.set((int) index, priority);
    }
    context.desk().change(item, handle -> handle.select(new FileSelection(changed)));
  }

  private void rename(Request request) {
    Item item = context.item(request);
    List<String> from = QbContext.parts(request.need("oldPath"), "/");
    List<String> to = QbContext.parts(request.need("newPath"), "/");
    try {
      Renaming.rename(context.desk(), item, from, to);
    } catch (Problem e) {
      // A path that is not there is a conflict in this API.
      throw e.status() == 404 ? Problem.conflict(e.detail()) : e;
    }
  }
}
