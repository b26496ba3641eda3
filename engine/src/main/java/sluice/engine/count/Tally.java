package sluice.engine.count;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of a few kinds of things has happened. Loop only.
 *
 * @param <K> the kinds, of which there are few
 */
public final class Tally<K> {
  private final Map<K, long[]> counts = new LinkedHashMap<>();

  /** Nothing has happened yet. */
  public Tally() {}

  /** It has happened {@code times} more. */
  public void add(K kind, long times) {
    counts.computeIfAbsent(kind, each -> new long[1])[0] += times;
  }

  /** What has happened, as of this call. */
  public Map<K, Long> told() {
    Map<K, Long> told = new LinkedHashMap<>();
    counts.forEach((kind, count) -> told.put(kind, count[0]));
    return told;
  }

  /** A copy of {@code map} in the same order, which nobody changes. */
  public static <K, V> Map<K, V> copy(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
