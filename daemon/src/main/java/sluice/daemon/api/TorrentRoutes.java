package sluice.daemon.api;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sluice.client.TorrentHandle;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Wish;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The list of torrents, and what is done to one of them as a whole. */
record TorrentRoutes(ApiContext context) {
  private static final int MAX_PAGE = 1_000;
  private static final int USUAL_PAGE = 100;

  private static final Body NEW =
      Body.of(
          "link: string",
          "file: string",
          "folder: string",
          "stopped: boolean",
          "category: string",
          "tags: string[]");

  private static final Body CHANGED =
      Body.of(
          "name: string",
          "category: string",
          "tags: string[]",
          "downLimit: integer",
          "upLimit: integer",
          "maxPeers: integer",
          "sequential: boolean",
          "ends: boolean",
          "superSeeding: boolean",
          "share: object");

  void addTo(OwnCalls calls) {
    calls.get(
        "/torrents",
        "Torrents in pages: ask again with the cursor of the last page until there is none.",
        this::list,
        "cursor",
        "limit",
        "sort",
        "state",
        "category",
        "tag",
        "search",
        "id");
    calls.add(
        Route.of(
                "POST",
                OwnCalls.ROOT + "/torrents",
                Dialect.OWN,
                Scope.ADD,
                OwnCalls.checked(NEW, this::add))
            .uploads(),
        "Adds a torrent: a form with files, or an object with link or file in base64.",
        NEW);
    calls.get("/torrents/{id}", "One torrent.", r -> Json.reply(TorrentJson.of(item(r))));
    calls.call(
        "PATCH", "/torrents/{id}", Scope.MANAGE, "Changes a torrent.", CHANGED, this::change);
    calls.call("DELETE", "/torrents/{id}", Scope.MANAGE, "Removes a torrent.", this::remove);
    action(calls, "start", "Lets it run.", TorrentHandle::start);
    action(calls, "force", "Lets it run outside the queue.", TorrentHandle::force);
    action(calls, "stop", "Lets it rest.", TorrentHandle::stop);
    action(calls, "reannounce", "Announces it at once.", TorrentHandle::reannounce);
    action(calls, "recheck", "Checks all its data.", TorrentHandle::recheck);
    calls.call(
        "POST",
        "/torrents/{id}/move",
        Scope.MANAGE,
        "Brings its data into a folder.",
        Body.of("folder: string"),
        this::move);
  }

  private void action(
      OwnCalls calls,
      String name,
      String summary,
      Function<TorrentHandle, CompletionStage<?>> change) {
    calls.call(
        "POST",
        "/torrents/{id}/" + name,
        Scope.MANAGE,
        summary,
        request -> {
          context.desk().change(item(request), change);
          return Reply.empty();
        });
  }

  Item item(Request request) {
    return context
        .desk()
        .shelf()
        .find(request.variable("id"))
        .orElseThrow(() -> Problem.missing("there is no such torrent"));
  }

  private Reply list(Request request) {
    int limit =
        Math.clamp(
            request.field("limit").map(TorrentRoutes::number).orElse(USUAL_PAGE), 1, MAX_PAGE);
    TorrentPage.Found page =
        TorrentPage.of(request.field("sort").orElse("number"), request.field("cursor"), limit)
            .find(context.desk().shelf().items(), wanted(request));
    return Json.streamed(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("torrents");
      page.items().forEach(item -> TorrentJson.write(json, item));
      json.writeEndArray();
      page.next().ifPresent(cursor -> json.writeStringProperty("cursor", cursor));
      json.writeEndObject();
    });
  }

  /** Filters that are not there cost nothing: they are asked of each torrent. */
  private static Predicate<Item> wanted(Request request) {
    List<Predicate<Item>> filters = new ArrayList<>();
    words(request, "search")
        .ifPresent(text -> filters.add(item -> lower(item.record().name()).contains(text)));
    request
        .field("state")
        .ifPresent(state -> filters.add(item -> lower(item.now().phase().name()).equals(state)));
    request
        .field("category")
        .ifPresent(category -> filters.add(item -> item.record().category().equals(category)));
    request.field("tag").ifPresent(tag -> filters.add(item -> item.record().tags().contains(tag)));
    words(request, "id").ifPresent(id -> filters.add(item -> item.hash().startsWith(id)));
    return filters.stream().reduce(item -> true, Predicate::and);
  }

  private static Optional<String> words(Request request, String name) {
    return request.field(name).filter(text -> !text.isEmpty()).map(TorrentRoutes::lower);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw Problem.bad("no number: " + text);
    }
    return Integer.parseInt(text);
  }

  private Reply add(Request request) {
    List<Desk.Added> added = new ArrayList<>();
    if (!request.parts().isEmpty()) {
      Wish wish =
          wish(
              request.field("folder"),
              request.field("stopped").map("true"::equals),
              request.field("category").orElse(""),
              Stream.of(request.field("tags").orElse("").split(",", -1))
                  .map(String::trim)
                  .filter(t -> !t.isEmpty())
                  .toList());
      request.parts().forEach(part -> added.add(context.desk().add(part.bytes(), wish)));
    } else {
      ObjectNode body = Json.readObject(request.body());
      Wish wish =
          wish(
              Json.text(body, "folder"),
              Json.flag(body, "stopped"),
              Json.text(body, "category").orElse(""),
              texts(body, "tags"));
      Optional<String> file = Json.text(body, "file");
      added.add(
          file.isPresent()
              ? context.desk().add(decode(file.get()), wish)
              : context
                  .desk()
                  .add(
                      Json.text(body, "link")
                          .orElseThrow(() -> Problem.bad("neither link nor file")),
                      wish));
    }
    ObjectNode answer = Json.object();
    ArrayNode torrents = answer.putArray("torrents");
    for (Desk.Added each : added) {
      torrents.add(TorrentJson.of(each.item()).put("duplicate", each.duplicate()));
    }
    return Json.reply(201, answer);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("file is not in base64");
    }
  }

  static List<String> texts(JsonNode body, String name) {
    return StreamSupport.stream(body.path(name).spliterator(), false)
        .map(JsonNode::asString)
        .filter(text -> !text.isBlank())
        .toList();
  }

  private Wish wish(
      Optional<String> folder, Optional<Boolean> stopped, String category, List<String> tags) {
    String usual = category.isEmpty() ? context.preferences().folder().toString() : "";
    return Wish.PLAIN
        .folder(folder.filter(text -> !text.isBlank()).orElse(usual))
        .stopped(stopped.orElse(!context.preferences().is(Preference.START_ADDED)))
        .labels(category, tags);
  }

  private Reply change(Request request) {
    Item item = item(request);
    ObjectNode body = Json.readObject(request.body());
    Desk desk = context.desk();
    Json.text(body, "name").ifPresent(name -> desk.change(item, handle -> handle.name(name)));
    Json.text(body, "category").ifPresent(category -> desk.categorize(List.of(item), category));
    if (body.has("tags")) {
      List<String> tags = texts(body, "tags");
      desk.tag(List.of(item(request)), before -> new java.util.LinkedHashSet<>(tags));
    }
    TorrentChange.apply(desk, item, body);
    return Json.reply(TorrentJson.of(item(request)));
  }

  private Reply remove(Request request) {
    boolean data = request.field("data").filter("true"::equals).isPresent();
    context.desk().remove(List.of(item(request)), data);
    return Reply.empty();
  }

  private Reply move(Request request) {
    String folder =
        Json.text(Json.readObject(request.body()), "folder")
            .orElseThrow(() -> Problem.bad("no folder"));
    context.desk().move(List.of(item(request)), folder);
    return Reply.empty();
  }
}
