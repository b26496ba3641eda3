package sluice.market.trade;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Networks with which there is no trade for a while: an hour after the first default, twice as long
 * after each other. The oldest are forgotten.
 */
final class Bars {
  static final long HOUR_NANOS = 3_600_000_000_000L;
  static final int MAX = 4_096;
  private static final int MAX_DOUBLINGS = 7;

  private final Map<Long, Bar> bars = new LinkedHashMap<>();

  private record Bar(long untilNanos, int times) {}

  /** Somebody of this network has not kept its word. */
  void add(long group, long now) {
    int times = bars.containsKey(group) ? bars.get(group).times() : 0;
    if (bars.size() >= MAX && times == 0) {
      Iterator<Long> oldest = bars.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    long nanos = HOUR_NANOS << Math.min(times, MAX_DOUBLINGS);
    bars.put(group, new Bar(now + nanos, times + 1));
  }

  boolean has(long group, long now) {
    Bar bar = bars.get(group);
    return bar != null && now - bar.untilNanos() < 0;
  }
}
