package sluice.daemon.shelf;

import java.util.ArrayList;
import java.util.List;

/**
 * Torrents in the order of their numbers, in one piece of memory: a copy of it costs far less than
 * a walk through a map. One thread at a time.
 */
final class Row {
  private final List<Item> items = new ArrayList<>();

  /** Puts {@code item} to its place, instead of the one with its number. */
  void put(Item item) {
    int at = place(item.number());
    if (at < items.size() && items.get(at).number() == item.number()) {
      items.set(at, item);
    } else {
      items.add(at, item);
    }
  }

  /** Takes away the one with this number, if it is there. */
  void remove(int number) {
    int at = place(number);
    if (at < items.size() && items.get(at).number() == number) {
      items.remove(at);
    }
  }

  /** All of them as they are at this moment. */
  List<Item> copy() {
    return List.copyOf(items);
  }

  /** Where the first one stands whose number is not below {@code number}. */
  private int place(int number) {
    int from = 0;
    int to = items.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (items.get(middle).number() < number) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
