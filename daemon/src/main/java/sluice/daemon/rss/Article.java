package sluice.daemon.rss;

/**
 * One entry of a feed.
 *
 * @param id by which it is known again
 * @param title of one line
 * @param millis when it was written, or when it came if it does not say
 * @param author who wrote it
 * @param description as the feed has it, with markup perhaps
 * @param link of its page
 * @param torrent magnet link or address of a torrent file; empty if it names neither
 * @param read whether somebody has seen it, or a rule has taken it
 * @param tries how often a rule tried to take it
 */
public record Article(
    String id,
    String title,
    long millis,
    String author,
    String description,
    String link,
    String torrent,
    boolean read,
    int tries) {
  static final int MAX_TITLE_CHARS = 1_024;
  static final int MAX_LINK_CHARS = 4_096;
  static final int MAX_DESCRIPTION_CHARS = 4_096;

  /** After so many a rule gives it up. */
  static final int MAX_TRIES = 3;

  /** The same, which somebody has seen. */
  Article seen() {
    return new Article(id, title, millis, author, description, link, torrent, true, tries);
  }

  /** The same, which could not be added. */
  Article failed() {
    boolean enough = tries + 1 >= MAX_TRIES;
    return new Article(id, title, millis, author, description, link, torrent, enough, tries + 1);
  }
}
