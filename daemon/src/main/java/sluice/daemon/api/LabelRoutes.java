package sluice.daemon.api;

import java.util.List;
import sluice.daemon.shelf.Labels;
import sluice.daemon.shelf.Placing;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.engine.policy.ShareRule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Categories and tags. */
record LabelRoutes(ApiContext context) {
  void addTo(OwnCalls calls) {
    calls.get("/categories", "All categories.", request -> Json.reply(categories()));
    calls.call(
        "PUT",
        "/categories/{name}",
        Scope.MANAGE,
        "Makes a category, or changes its folder and when its torrents have shared enough.",
        Body.of("folder: string", "share: object"),
        this::put);
    calls.call(
        "DELETE",
        "/categories/{name}",
        Scope.MANAGE,
        "Forgets a category; its torrents have none then.",
        request -> {
          context.desk().removeCategories(List.of(request.variable("name")));
          return Reply.empty();
        });
    calls.get("/tags", "All tags.", request -> Json.reply(tags()));
  }

  private Labels labels() {
    return context.desk().labels();
  }

  private ObjectNode categories() {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("categories");
    labels()
        .categories()
        .forEach((name, folder) -> {
          ObjectNode share =
              all.addObject().put("name", name).put("folder", folder).putObject("share");
          ShareRule rule = labels().shares().getOrDefault(name, ShareRule.INHERIT);
          ShareText.put(share, rule);
        });
    return answer;
  }

  private ObjectNode tags() {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("tags");
    labels().tags().forEach(all::add);
    return answer;
  }

  private Reply put(Request request) {
    String name = request.variable("name");
    ObjectNode body = request.body().length == 0 ? Json.object() : Json.readObject(request.body());
    String folder = Json.text(body, "folder").orElseGet(() -> labels().folder(name).orElse(""));
    if (!folder.isBlank()) {
      context.desk().roots().of(folder);
    }
    ShareRule before = labels().shares().getOrDefault(name, ShareRule.INHERIT);
    ShareRule after =
        Json.member(body, "share").map(said -> TorrentChange.rule(said, before)).orElse(before);
    if (name.isBlank()) {
      throw Problem.bad("a category has a name");
    }
    labels().category(name, folder);
    if (!after.equals(before)) {
      context.desk().share(name, after);
    }
    new Placing(context.desk())
        .follow(
            context.desk().shelf().items().stream()
                .filter(item -> item.record().category().equals(name))
                .toList(),
            name);
    return Json.reply(categories());
  }
}
