package sluice.daemon.qbittorrent;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Labels;
import sluice.daemon.shelf.Placing;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.engine.policy.ShareRule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Categories and tags. */
record LabelCalls(QbContext context) {
  /** Slashes are only between parts, as in names of subcategories; backslashes are nowhere. */
  private static final Pattern NAME = Pattern.compile("[^/\\\\]+(/[^/\\\\]+)*");

  private Labels labels() {
    return context.desk().labels();
  }

  void addTo(Calls calls) {
    calls.json("torrents/categories", request -> categories(labels()));
    calls.act("torrents/createCategory", Scope.ADD, this::create);
    calls.act("torrents/editCategory", Scope.MANAGE, this::edit);
    calls.act("torrents/removeCategories", Scope.MANAGE, this::remove);
    calls.act(
        "torrents/setCategory",
        Scope.MANAGE,
        request -> context.desk().categorize(context.items(request), category(request, labels())));
    calls.json("torrents/tags", request -> tags(labels()));
    calls.act("torrents/createTags", Scope.ADD, request -> labels().addTags(named(request)));
    calls.act("torrents/deleteTags", Scope.MANAGE, this::deleteTags);
    calls.act(
        "torrents/addTags",
        Scope.MANAGE,
        request -> tag(request, named(request), (before, said) -> before.addAll(said)));
    calls.act(
        "torrents/removeTags",
        Scope.MANAGE,
        request ->
            tag(
                request,
                tags(request),
                (before, said) -> {
                  if (said.isEmpty()) {
                    before.clear();
                  } else {
                    before.removeAll(Set.copyOf(said));
                  }
                }));
    calls.act(
        "torrents/setTags",
        Scope.MANAGE,
        request ->
            tag(
                request,
                named(request),
                (before, said) -> {
                  before.clear();
                  before.addAll(said);
                }));
  }

  private interface Change {
    void in(Set<String> before, List<String> said);
  }

  static ObjectNode categories(Labels labels) {
    ObjectNode all = Json.object();
    Map<String, ShareRule> shares = labels.shares();
    labels
        .categories()
        .forEach((name, folder) -> {
          ShareRule rule = shares.getOrDefault(name, ShareRule.INHERIT);
          all.putObject(name)
              .put("name", name)
              .put("savePath", folder)
              .put("ratio_limit", TorrentObject.ratio(rule.ratioPermille()))
              .put("seeding_time_limit", TorrentObject.minutes(rule.seedingNanos()))
              .put("inactive_seeding_time_limit", TorrentObject.minutes(rule.idleNanos()));
        });
    return all;
  }

  static ArrayNode tags(Labels labels) {
    ArrayNode all = Json.array();
    labels.tags().forEach(all::add);
    return all;
  }

  private static List<String> tags(Request request) {
    return QbContext.parts(request.field("tags").orElse(""), ",");
  }

  /** The same where they must be there. */
  private static List<String> named(Request request) {
    return QbContext.parts(request.need("tags"), ",");
  }

  private static String category(Request request, Labels labels) {
    String category = request.need("category");
    if (!category.isEmpty() && !labels.categories().containsKey(category)) {
      throw Problem.conflict("Incorrect category name");
    }
    return category;
  }

  private void create(Request request) {
    if (!NAME.matcher(request.need("category")).matches() && !request.need("category").isEmpty()) {
      throw Problem.conflict("Incorrect category name");
    } else if (labels().categories().containsKey(request.need("category"))) {
      throw Problem.conflict("Unable to create category");
    }
    put(request);
  }

  private void edit(Request request) {
    request.need("savePath");
    if (request.need("category").isEmpty()) {
      throw Problem.bad("Category name cannot be empty");
    } else if (!labels().categories().containsKey(request.need("category"))) {
      throw Problem.conflict("Unable to edit category");
    }
    put(request);
    String category = request.need("category");
    new Placing(context.desk())
        .follow(
            context.desk().shelf().items().stream()
                .filter(item -> item.record().category().equals(category))
                .toList(),
            category);
  }

  private void put(Request request) {
    String folder = request.field("savePath").orElse("");
    if (!folder.isBlank()) {
      context.desk().roots().of(folder);
    }
    String name = request.need("category");
    labels().category(name, folder);
    ShareRule before = labels().shares().getOrDefault(name, ShareRule.INHERIT);
    ShareRule after = TorrentActions.rule(request, before);
    if (!after.equals(before)) {
      context.desk().share(name, after);
    }
  }

  private void remove(Request request) {
    context.desk().removeCategories(QbContext.parts(request.need("categories"), "\n"));
  }

  private void deleteTags(Request request) {
    List<String> names = named(request);
    List<Item> having =
        context.desk().shelf().items().stream()
            .filter(item -> item.record().tags().stream().anyMatch(names::contains))
            .toList();
    context
        .desk()
        .tag(
            having,
            before -> {
              before.removeAll(Set.copyOf(names));
              return before;
            });
    labels().removeTags(names);
  }

  private void tag(Request request, List<String> said, Change change) {
    context
        .desk()
        .tag(
            context.items(request),
            before -> {
              Set<String> after = new LinkedHashSet<>(before);
              change.in(after, said);
              return after;
            });
  }
}
