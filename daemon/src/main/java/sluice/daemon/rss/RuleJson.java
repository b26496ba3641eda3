package sluice.daemon.rss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import sluice.daemon.shelf.Handling;
import sluice.daemon.shelf.Wish;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules as qBittorrent's API has them, by which they are kept, too: how a torrent is added is said
 * twice, for callers of before version 5 and in {@code torrentParams}, which counts.
 */
public final class RuleJson {
  private static final int MAX_LIST = 10_000;

  private RuleJson() {}

  /** The object of {@code rule}. */
  public static ObjectNode of(Rule rule) {
    Wish wish = rule.wish();
    ObjectNode object =
        Json.object()
            .put("enabled", rule.enabled())
            .put("priority", rule.priority())
            .put("mustContain", rule.must())
            .put("mustNotContain", rule.mustNot())
            .put("useRegex", rule.expressions())
            .put("episodeFilter", rule.episodes())
            .put("smartFilter", rule.smart())
            .put("ignoreDays", rule.pauseDays())
            .put("lastMatch", rule.lastMillis() == 0 ? "" : FeedDates.text(rule.lastMillis()))
            .put("assignedCategory", wish.category())
            .put("savePath", wish.folder());
    ArrayNode feeds = object.putArray("affectedFeeds");
    new TreeSet<>(rule.feeds()).forEach(feeds::add);
    ArrayNode taken = object.putArray("previouslyMatchedEpisodes");
    rule.taken().forEach(taken::add);
    flag(object, "addPaused", rule.start().map(start -> !start));
    Handling handling = wish.handling();
    boolean original = handling.layout() == Handling.Layout.ORIGINAL;
    object.put("torrentContentLayout", original ? null : handling.layout().text());
    ObjectNode params =
        object
            .putObject("torrentParams")
            .put("category", wish.category())
            .put("save_path", wish.folder())
            .put("download_path", handling.incomplete())
            .put("content_layout", original ? null : handling.layout().text())
            .put("stop_condition", handling.stopWhen().text())
            .put("add_to_top_of_queue", handling.first())
            .put("use_auto_tmm", handling.automatic())
            .put("skip_checking", handling.checked())
            .put("download_limit", wish.down() == 0 ? -1 : wish.down())
            .put("upload_limit", wish.up() == 0 ? -1 : wish.up());
    flag(params, "stopped", rule.start().map(start -> !start));
    ArrayNode tags = params.putArray("tags");
    wish.tags().forEach(tags::add);
    return object;
  }

  private static void flag(ObjectNode object, String name, Optional<Boolean> value) {
    if (value.isPresent()) {
      object.put(name, value.get());
    } else {
      object.putNull(name);
    }
  }

  /**
   * The rule that {@code object} says; what it does not say is as in a fresh rule.
   *
   * @throws Problem if something makes no sense
   */
  public static Rule read(ObjectNode object) {
    String must = text(object, "mustContain");
    String mustNot = text(object, "mustNotContain");
    boolean expressions = is(object, "useRegex");
    new TitleFilter(must, mustNot, expressions);
    String episodes = text(object, "episodeFilter").strip();
    if (!Episodes.isFilter(episodes)) {
      throw Problem.bad("episodeFilter is such as 1x2;8-15;30-;");
    }
    JsonNode params = object.path("torrentParams");
    Optional<Boolean> stopped =
        Json.flag(params, "stopped").or(() -> Json.flag(object, "addPaused"));
    return new Rule(
        Json.flag(object, "enabled").orElse(true),
        (int) number(object, "priority", -1_000_000, 1_000_000),
        must,
        mustNot,
        expressions,
        episodes,
        is(object, "smartFilter"),
        last(texts(object, "previouslyMatchedEpisodes")),
        java.util.Set.copyOf(texts(object, "affectedFeeds")),
        (int) number(object, "ignoreDays", 0, 36_500),
        FeedDates.parse(text(object, "lastMatch")).orElse(0L),
        wish(object, params),
        stopped.map(is -> !is));
  }

  private static Wish wish(ObjectNode object, JsonNode params) {
    String layout =
        Json.text(params, "content_layout").orElseGet(() -> text(object, "torrentContentLayout"));
    Handling handling =
        new Handling(
            is(params, "skip_checking"),
            Handling.Layout.of(layout).orElse(Handling.Layout.ORIGINAL),
            Handling.StopWhen.of(text(params, "stop_condition")).orElse(Handling.StopWhen.NEVER),
            is(params, "add_to_top_of_queue"),
            text(params, "download_path"),
            is(params, "use_auto_tmm"));
    return Wish.PLAIN
        .folder(Json.text(params, "save_path").orElseGet(() -> text(object, "savePath")))
        .labels(
            Json.text(params, "category").orElseGet(() -> text(object, "assignedCategory")),
            texts(params, "tags"))
        .limits(
            Math.max(0, number(params, "download_limit", -1, Long.MAX_VALUE / 2)),
            Math.max(0, number(params, "upload_limit", -1, Long.MAX_VALUE / 2)))
        .handling(handling);
  }

  private static List<String> last(List<String> taken) {
    return taken.subList(Math.max(0, taken.size() - Rule.MAX_TAKEN), taken.size());
  }

  private static boolean is(JsonNode object, String name) {
    return Json.flag(object, name).orElse(false);
  }

  private static String text(JsonNode object, String name) {
    String text = Json.text(object, name).orElse("");
    if (text.length() > TitleFilter.MAX_CHARS) {
      throw Problem.bad(name + " has at most " + TitleFilter.MAX_CHARS + " characters");
    }
    return text;
  }

  private static long number(JsonNode object, String name, long least, long most) {
    return Math.clamp(Json.number(object, name).orElse(0L), least, most);
  }

  private static List<String> texts(JsonNode object, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : object.path(name)) {
      String text = one.asString("");
      if (text.length() > Article.MAX_LINK_CHARS || texts.size() >= MAX_LIST) {
        throw Problem.bad(name + " is too long");
      } else if (!text.isBlank()) {
        texts.add(text);
      }
    }
    return texts;
  }
}
