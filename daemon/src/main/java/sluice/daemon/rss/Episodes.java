package sluice.daemon.rss;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which episode a title names, and whether a filter such as {@code 1x2;8-15;30-;} wants it: of
 * season 1 the episodes 2, 8 to 15, 30 and all later ones, of later seasons, too.
 */
final class Episodes {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\bs(\\d{1,4})[ ._-]?e(\\d{1,4})(?!\\d)|\\b(\\d{1,4})x(\\d{1,4})(?!\\d)");
  private static final Pattern DATED =
      Pattern.compile("(?<!\\d)(\\d{4})[ ._-](\\d{1,2})[ ._-](\\d{1,2})(?!\\d)");
  private static final Pattern FILTER =
      Pattern.compile("(\\d{1,4})x((?:\\d{1,4}(?:-\\d{0,4})?;)+)");
  private static final Pattern AGAIN = Pattern.compile("(?i)\\b(?:repack|proper)\\b");

  private Episodes() {}

  private record Episode(int season, int number) {}

  private static Optional<Episode> of(String title) {
    Matcher named = NAMED.matcher(title);
    if (!named.find()) {
      return Optional.empty();
    }
    boolean letters = named.group(1) != null;
    return Optional.of(
        new Episode(
            Integer.parseInt(named.group(letters ? 1 : 3)),
            Integer.parseInt(named.group(letters ? 2 : 4))));
  }

  /** Whether {@code filter} makes sense; an empty one wants everything. */
  static boolean isFilter(String filter) {
    return filter.isEmpty() || FILTER.matcher(filter).matches();
  }

  /** Whether {@code filter} wants what {@code title} names. */
  static boolean isWanted(String filter, String title) {
    if (filter.isEmpty()) {
      return true;
    }
    Matcher matcher = FILTER.matcher(filter);
    Optional<Episode> episode = of(title);
    if (!matcher.matches() || episode.isEmpty()) {
      return false;
    }
    int season = Integer.parseInt(matcher.group(1));
    for (String part : matcher.group(2).split(";", 0)) {
      if (isIn(part, season, episode.get())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(String part, int season, Episode episode) {
    int dash = part.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
    boolean same = episode.season() == season;
    if (dash < 0) {
      return same && episode.number() == first;
    } else if (dash == part.length() - 1) {
      return episode.season() > season || (same && episode.number() >= first);
    }
    return same
        && episode.number() >= first
        && episode.number() <= Integer.parseInt(part.substring(dash + 1));
  }

  /**
   * A name that all titles of the same episode share, if it is known which one it is.
   *
   * @param repeats whether a corrected release is another one
   */
  static Optional<String> key(String title, boolean repeats) {
    String again = repeats && AGAIN.matcher(title).find() ? "-again" : "";
    Optional<Episode> episode = of(title);
    if (episode.isPresent()) {
      return Optional.of(episode.get().season() + "x" + episode.get().number() + again);
    }
    Matcher dated = DATED.matcher(title);
    return dated.find()
        ? Optional.of(
            Integer.parseInt(dated.group(1))
                + "-"
                + Integer.parseInt(dated.group(2))
                + "-"
                + Integer.parseInt(dated.group(3))
                + again)
        : Optional.empty();
  }
}
