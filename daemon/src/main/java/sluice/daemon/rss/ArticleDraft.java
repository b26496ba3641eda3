package sluice.daemon.rss;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/** An article while it is read; of what is said twice the first counts. */
final class ArticleDraft {
  private static final int MAX_ID_CHARS = 256;

  private String title = "";
  private String id = "";
  private String author = "";
  private String description = "";
  private String link = "";
  private String magnet = "";
  private String enclosure = "";
  private Optional<Long> published = Optional.empty();
  private Optional<Long> updated = Optional.empty();

  void title(String text) {
    title = first(title, text.strip().replaceAll("\\s+", " "));
  }

  void id(String text) {
    id = first(id, text.strip());
  }

  void author(String text) {
    author = first(author, text.strip().replaceAll("\\s+", " "));
  }

  void description(String text) {
    description = first(description, text.strip());
  }

  void link(String text) {
    if (isMagnet(text)) {
      torrent(text);
    } else {
      link = first(link, text.strip());
    }
  }

  /** A magnet link that the article has in an element for it. */
  void torrent(String text) {
    if (isMagnet(text)) {
      magnet = first(magnet, text.strip());
    }
  }

  /** A file that belongs to the article. */
  void enclosure(String url, String type) {
    boolean torrent = type.equalsIgnoreCase("application/x-bittorrent");
    if (isMagnet(url)) {
      torrent(url);
    } else if (torrent || type.isEmpty() || path(url).endsWith(".torrent")) {
      enclosure = first(enclosure, url.strip());
    }
  }

  void date(String text, boolean isPublished) {
    if (isPublished) {
      published = published.or(() -> FeedDates.parse(text));
    } else {
      updated = updated.or(() -> FeedDates.parse(text));
    }
  }

  /** The article, unless nothing of it can be known again. */
  Optional<Article> article(long nowMillis) {
    // A page that is no torrent is told by its answer; many feeds link to the file and say no more.
    String torrent = first(first(enclosure, magnet), link);
    String known = first(first(first(id, torrent), link), title);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Article(
            known.length() > MAX_ID_CHARS
                ? Hash.sha256(known.getBytes(StandardCharsets.UTF_8)).hex()
                : known,
            first(title, known),
            published.or(() -> updated).orElse(nowMillis),
            author,
            description,
            link,
            torrent,
            false,
            0));
  }

  private static String first(String known, String other) {
    return known.isEmpty() ? other : known;
  }

  private static boolean isMagnet(String text) {
    return text.strip().regionMatches(true, 0, "magnet:", 0, 7);
  }

  private static String path(String url) {
    int end = url.indexOf('?');
    return (end < 0 ? url : url.substring(0, end)).toLowerCase(Locale.ROOT);
  }
}
