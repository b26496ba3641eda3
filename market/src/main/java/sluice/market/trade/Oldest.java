package sluice.market.trade;

import java.util.Iterator;
import java.util.Map;

/** Maps of networks that forget the oldest when they are full. Any thread. */
final class Oldest {
  private Oldest() {}

  /**
   * Puts {@code value} into a map that keeps the order in which its keys came and has at most
   * {@code most} of them.
   */
  static <V> void put(Map<Long, V> map, int most, long group, V value) {
    if (map.size() >= most && !map.containsKey(group)) {
      Iterator<Long> oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    map.put(group, value);
  }
}
