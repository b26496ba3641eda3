package sluice.daemon.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Problem;

/**
 * A page of torrents in an order. Its cursor says which key and number the last one had, so that
 * the next page begins behind it even if torrents came or went meanwhile.
 *
 * @param order of the list
 * @param descending from the largest on
 * @param after the last one of the page before
 * @param limit how many at the most
 */
record TorrentPage(Order order, boolean descending, Optional<Key> after, int limit) {
  private static final int MAX_CURSOR_CHARS = 4_096;

  /** What a list may be ordered by. */
  enum Order {
    NUMBER,
    NAME,
    STATE,
    CATEGORY,
    SIZE,
    PROGRESS,
    DOWN,
    UP,
    ETA,
    PEERS,
    RATIO,
    ADDED,
    COMPLETED,
    ACTIVE;

    static Order of(String text) {
      return Stream.of(values())
          .filter(order -> order.text().equals(text))
          .findFirst()
          .orElseThrow(() ->
              Problem.bad(
                  "torrents are ordered by " + Stream.of(values()).map(Order::text).toList()));
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private double value(Item item) {
      return switch (this) {
        case NUMBER, NAME, STATE, CATEGORY -> 0;
        case SIZE -> item.totalBytes();
        case PROGRESS -> item.progress();
        case DOWN -> item.now().downRate();
        case UP -> item.now().upRate();
        case ETA -> item.etaSeconds() < 0 ? Double.MAX_VALUE : item.etaSeconds();
        case PEERS -> item.now().peers();
        case RATIO -> item.ratio();
        case ADDED -> item.record().added().toEpochMilli();
        case COMPLETED -> item.completedMillis();
        case ACTIVE -> item.activeMillis();
      };
    }

    private String text(Item item) {
      return switch (this) {
        case NAME -> item.record().name().toLowerCase(Locale.ROOT);
        case STATE -> item.now().phase().name().toLowerCase(Locale.ROOT);
        case CATEGORY -> item.record().category().toLowerCase(Locale.ROOT);
        case NUMBER, SIZE, PROGRESS, DOWN, UP, ETA, PEERS, RATIO, ADDED, COMPLETED, ACTIVE -> "";
      };
    }

    Key key(Item item) {
      return new Key(value(item), text(item), item.number());
    }

    /** As the order of keys, without one of {@code item}. */
    int compare(Item item, Key key) {
      int values = Double.compare(value(item), key.value());
      int texts = values != 0 ? values : text(item).compareTo(key.text());
      return texts != 0 ? texts : Integer.compare(item.number(), key.number());
    }
  }

  /** Where a torrent stands in an order. */
  record Key(double value, String text, int number) {
    private static final Comparator<Key> UP =
        Comparator.comparingDouble(Key::value)
            .thenComparing(Key::text)
            .thenComparingInt(Key::number);

    static Key read(String cursor) {
      try {
        String plain =
            new String(
                Base64.getUrlDecoder().decode(cursor.length() > MAX_CURSOR_CHARS ? "!" : cursor),
                StandardCharsets.UTF_8);
        String[] parts = plain.split(" ", 3);
        return new Key(Double.parseDouble(parts[1]), parts[2], Integer.parseInt(parts[0]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw Problem.bad("this cursor is not one of ours");
      }
    }

    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((number + " " + value + " " + text).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * What {@code sort}, {@code cursor} and {@code limit} say.
   *
   * @param sort the name of an order, with a minus before it for the largest first
   */
  static TorrentPage of(String sort, Optional<String> cursor, int limit) {
    boolean descending = sort.startsWith("-");
    return new TorrentPage(
        Order.of(descending ? sort.substring(1) : sort),
        descending,
        cursor.filter(text -> !text.isEmpty()).map(Key::read),
        limit);
  }

  /** What is on the page, and the cursor of the next one. */
  record Found(List<Item> items, Optional<String> next) {}

  private record Placed(Key key, Item item) {}

  /**
   * Those of {@code all} that are wanted; looks at each once and keeps no more than a page.
   *
   * @param all in the order of their numbers
   */
  Found find(List<Item> all, Predicate<Item> wanted) {
    Comparator<Key> keys = descending ? Key.UP.reversed() : Key.UP;
    Comparator<Placed> places = Comparator.comparing(Placed::key, keys);
    PriorityQueue<Placed> page = new PriorityQueue<>(places.reversed());
    // Beyond the last of a full page most are by their values alone, which saves a look at keys.
    double last = Double.POSITIVE_INFINITY;
    int sign = descending ? -1 : 1;
    // Of torrents that are alike in all but their numbers the first of the page come first.
    for (int i = 0; i < all.size(); i++) {
      Item item = all.get(descending ? all.size() - 1 - i : i);
      if (sign * order.value(item) > last || !wanted.test(item)) {
        continue;
      }
      boolean fits = page.size() <= limit || compare(item, page.element().key()) < 0;
      if (fits && (after.isEmpty() || compare(item, after.get()) > 0)) {
        page.add(new Placed(order.key(item), item));
        if (page.size() > limit + 1) {
          page.poll();
        }
        last = page.size() > limit ? sign * page.element().key().value() : last;
      }
    }
    boolean more = page.size() > limit;
    List<Placed> sorted = page.stream().sorted(places).limit(limit).toList();
    return new Found(
        sorted.stream().map(Placed::item).toList(),
        more ? Optional.of(sorted.getLast().key().cursor()) : Optional.empty());
  }

  private int compare(Item item, Key key) {
    return descending ? -order().compare(item, key) : order().compare(item, key);
  }
}
