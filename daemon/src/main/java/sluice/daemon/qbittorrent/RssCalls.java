package sluice.daemon.qbittorrent;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import sluice.daemon.rss.Collector;
import sluice.daemon.rss.Feed;
import sluice.daemon.rss.FeedJson;
import sluice.daemon.rss.Rss;
import sluice.daemon.rss.Rule;
import sluice.daemon.rss.RuleJson;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Feeds and rules. Paths have backslashes between their parts. */
record RssCalls(QbContext context) {
  void addTo(Calls calls) {
    calls.json("rss/items", this::items);
    calls.act("rss/addFolder", Scope.MANAGE, request -> rss().addFolder(request.need("path")));
    calls.act("rss/addFeed", Scope.MANAGE, this::addFeed);
    calls.act("rss/setFeedURL", Scope.MANAGE, this::readdress);
    calls.act("rss/removeItem", Scope.MANAGE, request -> rss().remove(request.need("path")));
    calls.act("rss/moveItem", Scope.MANAGE, this::move);
    calls.act(
        "rss/refreshItem",
        Scope.MANAGE,
        request -> feeds().refresh(rss().below(request.need("itemPath"))));
    calls.act(
        "rss/markAsRead",
        Scope.MANAGE,
        request ->
            rss()
                .seen(
                    request.need("itemPath"),
                    request.field("articleId").filter(id -> !id.isEmpty())));
    calls.json("rss/rules", request -> rules());
    calls.act("rss/setRule", Scope.MANAGE, this::setRule);
    calls.act(
        "rss/renameRule",
        Scope.MANAGE,
        request -> rss().renameRule(request.need("ruleName"), request.need("newRuleName")));
    calls.act(
        "rss/removeRule", Scope.MANAGE, request -> rss().removeRule(request.need("ruleName")));
    calls.json("rss/matchingArticles", this::matching);
  }

  private Collector feeds() {
    return context.feeds();
  }

  private Rss rss() {
    return context.feeds().rss();
  }

  /** Folders are objects of what is in them. */
  private ObjectNode items(Request request) {
    boolean whole = TorrentActions.isTrue(request, "withData");
    ObjectNode root = Json.object();
    rss()
        .tree()
        .forEach((path, feed) -> {
          ObjectNode at = root;
          String[] parts = path.split("\\\\", -1);
          for (int i = 0; i < parts.length - 1; i++) {
            at = (ObjectNode) at.path(parts[i]);
          }
          String name = parts[parts.length - 1];
          at.set(name, feed.map(f -> item(f, whole)).orElseGet(Json::object));
        });
    return root;
  }

  private ObjectNode item(Feed feed, boolean whole) {
    ObjectNode item = Json.object().put("uid", feed.uid()).put("url", feed.url());
    if (whole) {
      item.put("title", feed.title())
          .put("lastBuildDate", feed.built())
          .put("isLoading", rss().isLoading(feed.uid()))
          .put("hasError", !feed.problem().isEmpty());
      ArrayNode articles = item.putArray("articles");
      feed.articles().forEach(article -> articles.add(FeedJson.article(article)));
    }
    return item;
  }

  private void addFeed(Request request) {
    String uid = rss().addFeed(request.need("url"), request.field("path").orElse(""));
    feeds().refresh(java.util.List.of(uid));
  }

  private void readdress(Request request) {
    String path = request.need("path");
    rss().readdress(path, request.need("url"));
    feeds().refresh(rss().below(path));
  }

  private void move(Request request) {
    rss().move(request.need("itemPath"), request.need("destPath"));
  }

  private ObjectNode rules() {
    ObjectNode rules = Json.object();
    rss().rules().forEach((name, rule) -> rules.set(name, RuleJson.of(rule)));
    return rules;
  }

  private void setRule(Request request) {
    // A rule adds torrents on behalf of whoever made it.
    if (!request.caller().scopes().contains(Scope.ADD)) {
      throw new Problem(403, "scope", "this needs the scope add, too");
    }
    byte[] said = request.need("ruleDef").getBytes(StandardCharsets.UTF_8);
    rss().rule(request.need("ruleName"), RuleJson.read(Json.readObject(said)));
    feeds().processAll();
  }

  private ObjectNode matching(Request request) {
    Optional<Rule> rule = Optional.ofNullable(rss().rules().get(request.need("ruleName")));
    ObjectNode found = Json.object();
    rule.map(feeds()::matches)
        .orElse(Map.of())
        .forEach((path, titles) -> {
          ArrayNode all = found.putArray(path.substring(path.lastIndexOf('\\') + 1));
          titles.forEach(all::add);
        });
    return found;
  }
}
