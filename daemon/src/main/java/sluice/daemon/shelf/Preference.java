package sluice.daemon.shelf;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A setting of the session that users change while it runs; a whole number, or 1 for yes. */
public enum Preference {
  /** Bytes per second to receive, if that is limited. */
  DOWN_LIMIT(1_000_000, Long.MAX_VALUE / 2),
  DOWN_LIMITED(0, 1),
  /** Bytes per second to send, if that is limited. */
  UP_LIMIT(1_000_000, Long.MAX_VALUE / 2),
  UP_LIMITED(0, 1),
  /** Other limits for a while; 0 for none. */
  ALTERNATIVE_DOWN(50_000, Long.MAX_VALUE / 2),
  ALTERNATIVE_UP(50_000, Long.MAX_VALUE / 2),
  ALTERNATIVE(0, 1),
  /**
   * Whether these begin and end by the hour: minutes of the day, a bit for each day from Sunday.
   */
  ALTERNATIVE_BY_HOUR(0, 1),
  ALTERNATIVE_FROM(480, 1_439),
  ALTERNATIVE_TO(1_200, 1_439),
  ALTERNATIVE_DAYS(127, 127),
  /** Torrents that download at a time, if that is limited. */
  QUEUE_DOWNLOADS(5, 1_000_000),
  QUEUE_DOWNLOADS_LIMITED(0, 1),
  QUEUE_SEEDS(10, 1_000_000),
  QUEUE_SEEDS_LIMITED(0, 1),
  QUEUE_ACTIVE(20, 1_000_000),
  QUEUE_ACTIVE_LIMITED(0, 1),
  /** Thousandths of the ratio at which a torrent has shared enough, if there is such a limit. */
  RATIO_PERMILLE(2_000, 1_000_000_000),
  RATIO_LIMITED(0, 1),
  SEED_MINUTES(1_440, 100_000_000),
  SEED_MINUTES_LIMITED(0, 1),
  IDLE_MINUTES(30, 100_000_000),
  IDLE_MINUTES_LIMITED(0, 1),
  /** Connections. */
  PEERS(500, 100_000),
  PEERS_OF_TORRENT(100, 100_000),
  /** Whether torrents run as soon as they are added. */
  START_ADDED(1, 1),
  /** Whether the folders of torrents that are added follow their categories. */
  AUTOMATIC(0, 1),
  /** Whether feeds are fetched, how often, and how many articles of each are kept. */
  RSS(0, 1),
  RSS_MINUTES(30, 100_000),
  RSS_ARTICLES(50, 1_000),
  /** Whether rules add torrents, and whether they take corrected releases besides the first. */
  RSS_DOWNLOADS(0, 1),
  RSS_REPEATS(1, 1);

  private final long usual;
  private final long most;

  Preference(long usual, long most) {
    this.usual = usual;
    this.most = most;
  }

  /** As long as nobody says otherwise. */
  public long usual() {
    return usual;
  }

  /** The largest value; the smallest is 0. */
  public long most() {
    return most;
  }

  /** Whether it is a yes or no. */
  public boolean isFlag() {
    return most == 1;
  }

  /** Its name in files and answers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one with that name. */
  public static Optional<Preference> of(String text) {
    return Stream.of(values()).filter(p -> p.text().equals(text)).findFirst();
  }
}
