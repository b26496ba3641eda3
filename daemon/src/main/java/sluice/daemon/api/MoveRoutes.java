package sluice.daemon.api;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sluice.daemon.migrate.Backup;
import sluice.daemon.migrate.Migration;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Torrents that come from other programs, and a copy of everything. */
record MoveRoutes(ApiContext context) {
  void addTo(OwnCalls calls) {
    calls.call(
        "POST",
        "/import",
        Scope.ADMIN,
        "Takes over the torrents of another program by its state folder.",
        Body.of("folder: string"),
        this::bring);
    calls.call(
        "GET", "/backup", Scope.ADMIN, "A copy of everything but keys, as a zip.", r -> backup());
  }

  private Reply bring(Request request) {
    String text =
        Json.text(Json.readObject(request.body()), "folder")
            .orElseThrow(() -> Problem.bad("no folder"));
    Path folder;
    try {
      folder = Path.of(text);
    } catch (InvalidPathException e) {
      throw Problem.bad("no path: " + text);
    }
    if (!folder.isAbsolute()) {
      throw Problem.bad("folders are written from the root on");
    }
    ObjectNode answer = Json.object();
    ArrayNode torrents = answer.putArray("torrents");
    for (Migration.Result result : new Migration(context.desk()).run(folder)) {
      torrents
          .addObject()
          .put("source", result.source())
          .put("id", result.hash())
          .put("knownPieces", result.known())
          .put("problem", result.problem());
    }
    return Json.reply(answer);
  }

  private Reply backup() {
    Backup backup =
        new Backup(
            context.desk(),
            List.of(
                context.labelsFile(),
                context.labelsFile().resolveSibling("rss").resolve("rss.json")));
    return new Reply.Streamed(
        200,
        Map.of(
            "Content-Type",
            "application/zip",
            "Content-Disposition",
            "attachment; filename=\"sluice-backup.zip\""),
        -1,
        backup::to);
  }
}
