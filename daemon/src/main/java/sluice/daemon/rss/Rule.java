package sluice.daemon.rss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import sluice.daemon.shelf.Wish;

/**
 * Which articles become torrents, and how. Immutable.
 *
 * @param enabled whether it does anything
 * @param priority the smallest comes first
 * @param must be in titles; see {@link TitleFilter}
 * @param mustNot be in titles
 * @param expressions whether these are regular expressions
 * @param episodes that are wanted; see {@link Episodes}
 * @param smart whether an episode is taken once only
 * @param taken episodes that were taken
 * @param feeds addresses of the feeds that it looks at
 * @param pauseDays for which nothing is taken after something was
 * @param lastMillis time of the article that was taken last; 0 for none
 * @param wish how torrents are added
 * @param start whether they start; empty: as all torrents
 */
public record Rule(
    boolean enabled,
    int priority,
    String must,
    String mustNot,
    boolean expressions,
    String episodes,
    boolean smart,
    List<String> taken,
    Set<String> feeds,
    int pauseDays,
    long lastMillis,
    Wish wish,
    Optional<Boolean> start) {
  /** Episodes that are remembered. */
  static final int MAX_TAKEN = 2_000;

  public Rule {
    taken = List.copyOf(taken);
    feeds = Set.copyOf(feeds);
  }

  /** Whether it wants an article, whatever it took before. */
  boolean fits(TitleFilter filter, String title) {
    return filter.isWanted(title) && Episodes.isWanted(episodes, title);
  }

  /** Whether what it took before speaks against an article. */
  boolean isDone(Article article, boolean repeats) {
    boolean pause =
        pauseDays > 0
            && lastMillis > 0
            && article.millis() < lastMillis + TimeUnit.DAYS.toMillis(pauseDays);
    return pause
        || (smart && Episodes.key(article.title(), repeats).filter(taken::contains).isPresent());
  }

  /** The same after it took an article. */
  Rule took(Article article, boolean repeats) {
    List<String> more = new ArrayList<>(taken);
    if (smart) {
      Episodes.key(article.title(), repeats).ifPresent(more::add);
    }
    List<String> last = more.subList(Math.max(0, more.size() - MAX_TAKEN), more.size());
    return with(last, feeds, Math.max(lastMillis, article.millis()));
  }

  /** The same for a feed that is at another address. */
  Rule feedMoved(String before, String after) {
    if (!feeds.contains(before)) {
      return this;
    }
    Set<String> moved = new TreeSet<>(feeds);
    moved.remove(before);
    moved.add(after);
    return with(taken, moved, lastMillis);
  }

  private Rule with(List<String> taken, Set<String> feeds, long lastMillis) {
    return new Rule(
        enabled,
        priority,
        must,
        mustNot,
        expressions,
        episodes,
        smart,
        taken,
        feeds,
        pauseDays,
        lastMillis,
        wish,
        start);
  }
}
