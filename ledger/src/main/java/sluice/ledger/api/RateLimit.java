package sluice.ledger.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of many may come: at a steady rate, and some at once. Of who comes again it keeps
 * one number, the time at which it will have paid for all it did. Any thread.
 */
final class RateLimit<K> {
  private static final int MAX_KEYS = 65_536;

  private final long intervalNanos;
  private final long burstNanos;
  private final Map<K, Long> paidAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
          return size() > MAX_KEYS;
        }
      };

  RateLimit(int perSecond, int burst) {
    intervalNanos = 1_000_000_000L / perSecond;
    burstNanos = intervalNanos * burst;
  }

  /** Whether {@code key} may come; it has come then. */
  synchronized boolean take(K key, long nowNanos) {
    long due = Math.max(nowNanos, paidAt.getOrDefault(key, nowNanos)) + intervalNanos;
    if (due - nowNanos > burstNanos) {
      return false;
    }
    paidAt.put(key, due);
    return true;
  }
}
