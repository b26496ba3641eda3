package sluice.daemon.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.daemon.creation.Creation;
import sluice.daemon.creation.Order;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Torrents that are made of data in our folders. */
record CreationRoutes(ApiContext context) {
  private static final Body ORDER =
      Body.of(
          "source: string",
          "version: string",
          "pieceLength: integer",
          "private: boolean",
          "trackers: string[][]",
          "webSeeds: string[]",
          "comment: string",
          "origin: string",
          "file: string",
          "seed: boolean");

  void addTo(OwnCalls calls) {
    calls.get("/creations", "Torrents that are made.", request -> Json.reply(all()));
    calls.call(
        "POST",
        "/creations",
        Scope.ADD,
        "Begins to make a torrent of a file or folder in the folders of data.",
        ORDER,
        this::add);
    calls.get("/creations/{id}", "One of them.", request -> Json.reply(object(find(request))));
    calls.call("GET", "/creations/{id}/torrent", Scope.READ, "The file that was made.", this::file);
    calls.call(
        "DELETE",
        "/creations/{id}",
        Scope.ADD,
        "Forgets it; it is not made any further.",
        request -> {
          context.creations().delete(request.variable("id"));
          return Reply.empty();
        });
  }

  private Creation find(Request request) {
    return context
        .creations()
        .find(request.variable("id"))
        .orElseThrow(() -> Problem.missing("there is no such creation"));
  }

  private ObjectNode all() {
    ObjectNode answer = Json.object();
    ArrayNode creations = answer.putArray("creations");
    context.creations().all().forEach(creation -> creations.add(object(creation)));
    return answer;
  }

  private static ObjectNode object(Creation creation) {
    return Json.object()
        .put("id", creation.id())
        .put("source", creation.order().source().toString())
        .put("version", creation.order().version().name().toLowerCase(Locale.ROOT))
        .put("state", creation.state().name().toLowerCase(Locale.ROOT))
        .put("progress", creation.progress())
        .put("problem", creation.problem())
        .put("added", creation.addedMillis())
        .put("started", creation.startedMillis())
        .put("ended", creation.endedMillis());
  }

  private Reply add(Request request) {
    ObjectNode body = Json.readObject(request.body());
    Path source =
        context
            .desk()
            .roots()
            .of(Json.text(body, "source").orElseThrow(() -> Problem.bad("no source")));
    Optional<Path> file = Json.text(body, "file").map(context.desk().roots()::of);
    String version = Json.text(body, "version").orElse("v1").toUpperCase(Locale.ROOT);
    String id =
        context
            .creations()
            .order(
                new Order(
                    source,
                    Stream.of(Version.values())
                        .filter(each -> each.name().equals(version))
                        .findFirst()
                        .orElseThrow(() -> Problem.bad("version is v1, v2 or hybrid")),
                    Math.clamp(Json.number(body, "pieceLength").orElse(0L), 0, Integer.MAX_VALUE),
                    Json.flag(body, "private").orElse(false),
                    tiers(body.path("trackers")),
                    TorrentRoutes.texts(body, "webSeeds"),
                    Json.text(body, "comment").orElse(""),
                    Json.text(body, "origin").orElse(""),
                    file,
                    Json.flag(body, "seed").orElse(true)));
    return Json.reply(201, Json.object().put("id", id));
  }

  private static List<List<String>> tiers(JsonNode said) {
    List<List<String>> tiers = new ArrayList<>();
    for (JsonNode tier : said) {
      List<String> urls = new ArrayList<>();
      tier.forEach(url -> urls.add(url.asString("")));
      tiers.add(urls);
    }
    return tiers;
  }

  private Reply file(Request request) {
    Creation creation = find(request);
    byte[] file =
        creation
            .file()
            .orElseThrow(() -> Problem.conflict("it is not made: " + creation.problem()))
            .all();
    return new Reply.Whole(
        200,
        Map.of(
            "Content-Type",
            "application/x-bittorrent",
            "Content-Disposition",
            "attachment; filename=\"" + creation.id() + ".torrent\""),
        file);
  }
}
