package sluice.daemon.rss;

import java.util.ArrayList;
import java.util.List;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Feeds in the files of the state, and articles as qBittorrent's API has them. */
public final class FeedJson {
  private FeedJson() {}

  static ObjectNode of(Feed feed) {
    ObjectNode object =
        Json.object()
            .put("url", feed.url())
            .put("title", feed.title())
            .put("built", feed.built())
            .put("problem", feed.problem())
            .put("fetched", feed.fetchedMillis());
    ArrayNode articles = object.putArray("articles");
    for (Article article : feed.articles()) {
      articles.add(whole(article).put("tries", article.tries()));
    }
    ArrayNode forgotten = object.putArray("forgotten");
    feed.forgotten().forEach(forgotten::add);
    return object;
  }

  /** All that people are told of an article. */
  public static ObjectNode whole(Article article) {
    return Json.object()
        .put("id", article.id())
        .put("title", article.title())
        .put("millis", article.millis())
        .put("author", article.author())
        .put("description", article.description())
        .put("link", article.link())
        .put("torrent", article.torrent())
        .put("read", article.read());
  }

  /** An article as qBittorrent's API has it. */
  public static ObjectNode article(Article article) {
    ObjectNode object =
        Json.object()
            .put("id", article.id())
            .put("title", article.title())
            .put("date", FeedDates.text(article.millis()))
            .put("description", article.description())
            .put("torrentURL", article.torrent())
            .put("link", article.link())
            .put("isRead", article.read());
    return article.author().isEmpty() ? object : object.put("author", article.author());
  }

  static Feed read(String uid, JsonNode object) {
    List<Article> articles = new ArrayList<>();
    for (JsonNode each : object.path("articles")) {
      articles.add(
          new Article(
              text(each, "id"),
              text(each, "title"),
              each.path("millis").asLong(0),
              text(each, "author"),
              text(each, "description"),
              text(each, "link"),
              text(each, "torrent"),
              each.path("read").asBoolean(false),
              each.path("tries").asInt(0)));
    }
    List<String> forgotten = new ArrayList<>();
    object.path("forgotten").forEach(id -> forgotten.add(id.asString("")));
    return new Feed(
        uid,
        text(object, "url"),
        text(object, "title"),
        text(object, "built"),
        text(object, "problem"),
        object.path("fetched").asLong(0),
        articles,
        forgotten);
  }

  private static String text(JsonNode object, String name) {
    return object.path(name).asString("");
  }
}
