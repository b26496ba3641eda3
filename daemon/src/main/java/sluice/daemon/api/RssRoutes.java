package sluice.daemon.api;

import java.util.List;
import java.util.Optional;
import sluice.daemon.rss.Collector;
import sluice.daemon.rss.Feed;
import sluice.daemon.rss.FeedJson;
import sluice.daemon.rss.Rss;
import sluice.daemon.rss.Rule;
import sluice.daemon.rss.RuleJson;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Feeds and rules. Paths have backslashes between their parts; rules are as in qBittorrent's API.
 */
record RssRoutes(ApiContext context) {
  private static final Body PATH = Body.of("path: string");
  private static final Body RULE =
      Body.of(
          "enabled: boolean",
          "priority: integer",
          "mustContain: string",
          "mustNotContain: string",
          "useRegex: boolean",
          "episodeFilter: string",
          "smartFilter: boolean",
          "previouslyMatchedEpisodes: string[]",
          "affectedFeeds: string[]",
          "ignoreDays: integer",
          "lastMatch: string",
          "assignedCategory: string",
          "savePath: string",
          "addPaused: boolean",
          "torrentContentLayout: string",
          "torrentParams: object");

  void addTo(OwnCalls calls) {
    calls.get("/rss", "Feeds and their folders.", request -> Json.reply(all()));
    calls.call(
        "POST",
        "/rss/feeds",
        Scope.MANAGE,
        "Follows a feed.",
        Body.of("url: string", "path: string"),
        this::add);
    calls.call("POST", "/rss/folders", Scope.MANAGE, "Makes a folder.", PATH, this::folder);
    calls.call(
        "PATCH",
        "/rss",
        Scope.MANAGE,
        "Moves what is at a path, or has a feed be at another address.",
        Body.of("path: string", "to: string", "url: string"),
        this::change);
    calls.call(
        "POST", "/rss/remove", Scope.MANAGE, "Forgets what is at a path.", PATH, this::remove);
    calls.call(
        "POST", "/rss/refresh", Scope.MANAGE, "Fetches feeds at a path.", PATH, this::refresh);
    calls.call(
        "POST",
        "/rss/read",
        Scope.MANAGE,
        "Marks an article as seen, or all at a path.",
        Body.of("path: string", "article: string"),
        this::read);
    calls.get("/rss/feeds/{uid}", "A feed with its articles.", this::feed);
    rules(calls);
  }

  private void rules(OwnCalls calls) {
    calls.get("/rss/rules", "All rules.", request -> Json.reply(rules()));
    calls.call("PUT", "/rss/rules/{name}", Scope.MANAGE, "Makes a rule.", RULE, this::putRule);
    calls.call(
        "POST",
        "/rss/rules/{name}/rename",
        Scope.MANAGE,
        "Calls a rule otherwise.",
        Body.of("name: string"),
        this::renameRule);
    calls.call(
        "DELETE",
        "/rss/rules/{name}",
        Scope.MANAGE,
        "Forgets a rule.",
        request -> {
          rss().removeRule(request.variable("name"));
          return Reply.empty();
        });
    calls.get("/rss/rules/{name}/matches", "Titles that a rule wants.", this::matches);
    calls.call(
        "POST",
        "/rss/matches",
        Scope.READ,
        "Titles that a rule would want that is not kept.",
        RULE,
        request -> matches(RuleJson.read(Json.readObject(request.body()))));
  }

  private Collector feeds() {
    return context.feeds();
  }

  private Rss rss() {
    return context.feeds().rss();
  }

  private ObjectNode all() {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    rss()
        .tree()
        .forEach((path, feed) -> {
          ObjectNode item = items.addObject().put("path", path);
          feed.ifPresent(f -> describe(item, f));
        });
    return answer;
  }

  private void describe(ObjectNode item, Feed feed) {
    item.put("uid", feed.uid())
        .put("url", feed.url())
        .put("title", feed.title())
        .put("problem", feed.problem())
        .put("fetched", feed.fetchedMillis())
        .put("loading", rss().isLoading(feed.uid()))
        .put("unread", feed.unread());
  }

  private Reply feed(Request request) {
    Feed feed =
        rss()
            .feed(request.variable("uid"))
            .orElseThrow(() -> Problem.missing("there is no such feed"));
    ObjectNode answer = Json.object();
    describe(answer, feed);
    ArrayNode articles = answer.putArray("articles");
    feed.articles().forEach(article -> articles.add(FeedJson.whole(article)));
    return Json.reply(answer);
  }

  private static String need(ObjectNode body, String name) {
    return Json.text(body, name).orElseThrow(() -> Problem.bad("no " + name));
  }

  private Reply add(Request request) {
    ObjectNode body = Json.readObject(request.body());
    String uid = rss().addFeed(need(body, "url"), Json.text(body, "path").orElse(""));
    feeds().refresh(List.of(uid));
    return Json.reply(201, Json.object().put("uid", uid));
  }

  private Reply folder(Request request) {
    rss().addFolder(need(Json.readObject(request.body()), "path"));
    return Reply.empty();
  }

  private Reply change(Request request) {
    ObjectNode body = Json.readObject(request.body());
    String path = need(body, "path");
    Optional<String> url = Json.text(body, "url");
    url.ifPresent(address -> {
      rss().readdress(path, address);
      feeds().refresh(rss().below(path));
    });
    Json.text(body, "to").ifPresent(to -> rss().move(path, to));
    return Reply.empty();
  }

  private Reply remove(Request request) {
    rss().remove(need(Json.readObject(request.body()), "path"));
    return Reply.empty();
  }

  private static String path(Request request) {
    return request.body().length == 0
        ? ""
        : Json.text(Json.readObject(request.body()), "path").orElse("");
  }

  private Reply refresh(Request request) {
    feeds().refresh(rss().below(path(request)));
    return Reply.empty();
  }

  private Reply read(Request request) {
    Optional<String> article =
        request.body().length == 0
            ? Optional.empty()
            : Json.text(Json.readObject(request.body()), "article");
    rss().seen(path(request), article);
    return Reply.empty();
  }

  private ObjectNode rules() {
    ObjectNode answer = Json.object();
    ObjectNode rules = answer.putObject("rules");
    rss().rules().forEach((name, rule) -> rules.set(name, RuleJson.of(rule)));
    return answer;
  }

  private Reply putRule(Request request) {
    // A rule adds torrents on behalf of whoever made it.
    if (!request.caller().scopes().contains(Scope.ADD)) {
      throw new Problem(403, "scope", "this needs the scope add, too");
    }
    Rule rule = RuleJson.read(Json.readObject(request.body()));
    rss().rule(request.variable("name"), rule);
    feeds().processAll();
    return Json.reply(RuleJson.of(rule));
  }

  private Reply renameRule(Request request) {
    rss().renameRule(request.variable("name"), need(Json.readObject(request.body()), "name"));
    return Reply.empty();
  }

  private Reply matches(Request request) {
    Rule rule = rss().rules().get(request.variable("name"));
    if (rule == null) {
      throw Problem.missing("there is no such rule");
    }
    return matches(rule);
  }

  private Reply matches(Rule rule) {
    ObjectNode answer = Json.object();
    ObjectNode feeds = answer.putObject("feeds");
    feeds()
        .matches(rule)
        .forEach((path, titles) -> {
          ArrayNode all = feeds.putArray(path);
          titles.forEach(all::add);
        });
    return Json.reply(answer);
  }
}
