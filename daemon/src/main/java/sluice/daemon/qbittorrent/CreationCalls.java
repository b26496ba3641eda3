package sluice.daemon.qbittorrent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.daemon.creation.Creation;
import sluice.daemon.creation.Order;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Torrents that are made of data in our folders. */
record CreationCalls(QbContext context) {
  void addTo(Calls calls) {
    calls.post("torrentcreator/addTask", Scope.ADD, this::add);
    calls.json("torrentcreator/status", this::status);
    calls.read("torrentcreator/torrentFile", this::file);
    calls.act(
        "torrentcreator/deleteTask",
        Scope.ADD,
        request -> context.creations().delete(request.need("taskID")));
  }

  private Reply add(Request request) {
    boolean seed = request.field("startSeeding").map("true"::equalsIgnoreCase).orElse(true);
    Optional<Path> file =
        request
            .field("torrentFilePath")
            .filter(path -> !path.isBlank())
            .map(context.desk().roots()::of);
    String id =
        context
            .creations()
            .order(
                new Order(
                    context.desk().roots().of(request.need("sourcePath")),
                    version(request.field("format").orElse("hybrid")),
                    Math.clamp(
                        request.field("pieceSize").map(AppCalls::number).orElse(0L),
                        0,
                        Integer.MAX_VALUE),
                    TorrentActions.isTrue(request, "private"),
                    tiers(request.field("trackers").orElse("")),
                    QbContext.parts(request.field("urlSeeds").orElse(""), "\\|"),
                    request.field("comment").orElse(""),
                    request.field("source").orElse(""),
                    file,
                    seed));
    return Json.reply(Json.object().put("taskID", id));
  }

  private static Version version(String format) {
    return switch (format) {
      case "v1" -> Version.V1;
      case "v2" -> Version.V2;
      case "hybrid", "" -> Version.HYBRID;
      default -> throw Problem.bad("format is v1, v2 or hybrid");
    };
  }

  /** Bars separate trackers; one between two bars begins another tier. */
  private static List<List<String>> tiers(String text) {
    List<List<String>> tiers = new ArrayList<>();
    List<String> tier = new ArrayList<>();
    for (String url : text.split("\\|", -1)) {
      if (!url.isBlank()) {
        tier.add(url.strip());
      } else if (!tier.isEmpty()) {
        tiers.add(tier);
        tier = new ArrayList<>();
      }
    }
    if (!tier.isEmpty()) {
      tiers.add(tier);
    }
    return tiers;
  }

  private ArrayNode status(Request request) {
    Optional<String> id = request.field("taskID").filter(text -> !text.isEmpty());
    List<Creation> all =
        id.isEmpty()
            ? context.creations().all()
            : List.of(context.creations().find(id.get()).orElseThrow(CreationCalls::missing));
    ArrayNode array = Json.array();
    all.forEach(creation -> array.add(object(creation)));
    return array;
  }

  private static Problem missing() {
    return Problem.missing("there is no such task");
  }

  private static ObjectNode object(Creation creation) {
    Order order = creation.order();
    ObjectNode object =
        Json.object()
            .put("taskID", creation.id())
            .put("sourcePath", order.source().toString())
            .put("pieceSize", order.pieceLength())
            .put("private", order.isPrivate())
            .put("timeAdded", creation.addedMillis() / 1_000)
            .put("format", format(order.version()))
            .put("status", creation.state().text())
            .put("comment", order.comment())
            .put("source", order.origin())
            .put("torrentFilePath", order.file().map(Path::toString).orElse(""));
    ArrayNode trackers = object.putArray("trackers");
    for (List<String> tier : order.trackers()) {
      if (!trackers.isEmpty()) {
        trackers.add("");
      }
      tier.forEach(trackers::add);
    }
    ArrayNode seeds = object.putArray("urlSeeds");
    order.webSeeds().forEach(seeds::add);
    if (creation.startedMillis() > 0) {
      object.put("timeStarted", creation.startedMillis() / 1_000);
      object.put("progress", Math.round(creation.progress() * 100));
    }
    if (creation.endedMillis() > 0) {
      object.put("timeFinished", creation.endedMillis() / 1_000);
    }
    return creation.problem().isEmpty() ? object : object.put("errorMessage", creation.problem());
  }

  private static String format(Version version) {
    return switch (version) {
      case V1 -> "v1";
      case V2 -> "v2";
      case HYBRID -> "hybrid";
    };
  }

  private Reply file(Request request) {
    Creation creation =
        context.creations().find(request.need("taskID")).orElseThrow(CreationCalls::missing);
    byte[] file =
        creation
            .file()
            .orElseThrow(() -> Problem.conflict(creation.state().text() + creation.problem()))
            .all();
    return new Reply.Whole(200, Map.of("Content-Type", "application/x-bittorrent"), file);
  }
}
