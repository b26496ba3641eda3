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

    Key key(Item item) {
      return switch (this) {
        case NUMBER -> new Key(0, "", item.number());
        case NAME -> Key.of(item, item.record().name().toLowerCase(Locale.ROOT));
        case STATE -> Key.of(item, item.now().phase().name().toLowerCase(Locale.ROOT));
        case CATEGORY -> Key.of(item, item.record().category().toLowerCase(Locale.ROOT));
        case SIZE -> Key.of(item, item.totalBytes());
        case PROGRESS -> Key.of(item, item.progress());
        case DOWN -> Key.of(item, item.now().downRate());
        case UP -> Key.of(item, item.now().upRate());
        case ETA -> Key.of(item, item.etaSeconds() < 0 ? Double.MAX_VALUE : item.etaSeconds());
        case PEERS -> Key.of(item, item.now().peers());
        case RATIO -> Key.of(item, item.ratio());
        case ADDED -> Key.of(item, item.record().added().toEpochMilli());
        case COMPLETED -> Key.of(item, item.completedMillis());
        case ACTIVE -> Key.of(item, item.activeMillis());
      };
    }
  }

  /** Where a torrent stands in an order. */
  record Key(double value, String text, int number) {
    private static final Comparator<Key> UP =
        Comparator.comparingDouble(Key::value)
            .thenComparing(Key::text)
            .thenComparingInt(Key::number);

    static Key of(Item item, double value) {
      return new Key(value, "", item.number());
    }

    static Key of(Item item, long value) {
      return of(item, (double) value);
    }

    static Key of(Item item, String text) {
      return new Key(0, text, item.number());
    }

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

  /** Those of {@code all} that are wanted; looks at each once and keeps no more than a page. */
  Found find(List<Item> all, Predicate<Item> wanted) {
    Comparator<Key> keys = descending ? Key.UP.reversed() : Key.UP;
    Comparator<Placed> order = Comparator.comparing(Placed::key, keys);
    PriorityQueue<Placed> page = new PriorityQueue<>(order.reversed());
    for (Item item : all) {
      if (wanted.test(item)) {
        Placed placed = new Placed(order().key(item), item);
        if (after.isEmpty() || keys.compare(placed.key(), after.get()) > 0) {
          page.add(placed);
          if (page.size() > limit + 1) {
            page.poll();
          }
        }
      }
    }
    boolean more = page.size() > limit;
    List<Placed> sorted = page.stream().sorted(order).limit(limit).toList();
    return new Found(
        sorted.stream().map(Placed::item).toList(),
        more ? Optional.of(sorted.getLast().key().cursor()) : Optional.empty());
  }
}
