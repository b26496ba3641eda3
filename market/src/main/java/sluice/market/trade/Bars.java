package sluice.market.trade;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Networks that have left owing. For an hour after the first time, twice as long after each other,
 * they are sold only what they pay before: so who has lost its memory may go on, and takes nothing
 * more. Who does not pay before either is sold nothing for as long. The oldest are forgotten.
 */
final class Bars {
  static final long HOUR_NANOS = 3_600_000_000_000L;
  static final int MAX = 4_096;
  private static final int MAX_DOUBLINGS = 7;

  private final Map<Long, Bar> bars = new LinkedHashMap<>();

  private record Bar(long untilNanos, int times, Terms terms) {}

  /** How a network is sold to. */
  enum Terms {
    /** A window is unpaid. */
    CREDIT,
    /** Each block is paid before it is sent. */
    BEFORE,
    /** Not at all. */
    NONE
  }

  /** Somebody of this network has not kept its word. */
  void add(long group, long now) {
    Terms next = terms(group, now) == Terms.CREDIT ? Terms.BEFORE : Terms.NONE;
    int times = bars.containsKey(group) ? bars.get(group).times() : 0;
    if (bars.size() >= MAX && times == 0) {
      Iterator<Long> oldest = bars.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    long nanos = HOUR_NANOS << Math.min(times, MAX_DOUBLINGS);
    bars.put(group, new Bar(now + nanos, times + 1, next));
  }

  Terms terms(long group, long now) {
    Bar bar = bars.get(group);
    return bar != null && now - bar.untilNanos() < 0 ? bar.terms() : Terms.CREDIT;
  }
}
