package sluice.daemon.rss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A feed and what it brought. Immutable.
 *
 * @param uid names it for ever
 * @param url where it is fetched
 * @param title as it says
 * @param built when it was made, as it says
 * @param problem why it could not be fetched the last time; empty if it could
 * @param fetchedMillis when it was tried the last time; 0 for never
 * @param articles the latest first
 * @param forgotten ids of articles that it had, the oldest first; they do not come again
 */
public record Feed(
    String uid,
    String url,
    String title,
    String built,
    String problem,
    long fetchedMillis,
    List<Article> articles,
    List<String> forgotten) {
  /** Ids that are remembered. */
  static final int MAX_FORGOTTEN = 4_000;

  public Feed {
    articles = List.copyOf(articles);
    forgotten = List.copyOf(forgotten);
  }

  /** One that was never fetched. */
  static Feed fresh(String uid, String url) {
    return new Feed(uid, url, "", "", "", 0, List.of(), List.of());
  }

  /** How many articles nobody has seen. */
  public long unread() {
    return articles.stream().filter(article -> !article.read()).count();
  }

  /** The same at another address. */
  Feed at(String other) {
    return new Feed(uid, other, title, built, problem, 0, articles, forgotten);
  }

  /** The same after it could not be fetched. */
  Feed failed(String why, long nowMillis) {
    return new Feed(uid, url, title, built, why, nowMillis, articles, forgotten);
  }

  /** The same with some articles changed. */
  Feed articles(UnaryOperator<Article> change) {
    List<Article> changed = articles.stream().map(change).toList();
    return new Feed(uid, url, title, built, problem, fetchedMillis, changed, forgotten);
  }

  /** The same with what it says; of its articles the latest {@code most} stay. */
  Feed fetched(FeedDocument document, int most, long nowMillis) {
    Set<String> known = new HashSet<>(forgotten);
    articles.forEach(article -> known.add(article.id()));
    List<Article> all = new ArrayList<>(articles);
    for (Article article : document.articles()) {
      if (known.add(article.id())) {
        all.add(article);
      }
    }
    all.sort(Comparator.comparingLong(Article::millis).reversed());
    Set<String> gone = new LinkedHashSet<>(forgotten);
    all.stream().skip(most).forEach(article -> gone.add(article.id()));
    List<String> remembered = gone.stream().skip(Math.max(0, gone.size() - MAX_FORGOTTEN)).toList();
    return new Feed(
        uid,
        url,
        document.title(),
        document.built(),
        "",
        nowMillis,
        all.stream().limit(most).toList(),
        remembered);
  }
}
