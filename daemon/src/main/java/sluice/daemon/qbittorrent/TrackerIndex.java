package sluice.daemon.qbittorrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.web.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which torrents each tracker has, and what callers know of that already: their last answers are
 * remembered. Any thread.
 */
final class TrackerIndex {
  /** Which torrents each tracker has, as of a version of the facts. */
  private record Known(long version, Map<String, List<String>> byUrl) {}

  private static final Known NOTHING = new Known(-1, Map.of());

  /** Answers that are remembered. */
  private static final int MAX_ANSWERS = 64;

  private Known current = NOTHING;

  /** What was known with the answer that had a revision. */
  private final Map<Long, Known> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  /**
   * Adds to an answer what its caller, who has seen a revision, does not know.
   *
   * @param version of the facts, looked at before {@code items}
   */
  synchronized void tell(
      ObjectNode answer,
      long seen,
      Shelf.Changes changes,
      Supplier<List<Item>> items,
      long version) {
    if (version != current.version()) {
      current = new Known(version, index(items.get()));
    }
    Known before = changes.full() ? NOTHING : told.getOrDefault(seen, NOTHING);
    if (before.version() != version) {
      compare(answer, before.byUrl(), changes.full());
    }
    told.put(changes.revision(), current);
  }

  private void compare(ObjectNode answer, Map<String, List<String>> before, boolean full) {
    ObjectNode changed = Json.object();
    current
        .byUrl()
        .forEach((url, hashes) -> {
          if (!hashes.equals(before.get(url))) {
            ArrayNode all = changed.putArray(url);
            hashes.forEach(all::add);
          }
        });
    if (full || !changed.isEmpty()) {
      answer.set("trackers", changed);
    }
    List<String> gone =
        before.keySet().stream().filter(u -> !current.byUrl().containsKey(u)).toList();
    if (!gone.isEmpty()) {
      ArrayNode removed = answer.putArray("trackers_removed");
      gone.forEach(removed::add);
    }
  }

  private static Map<String, List<String>> index(List<Item> items) {
    Map<String, List<String>> byUrl = new TreeMap<>();
    for (Item item : items) {
      for (List<String> tier : item.facts().map(Facts::trackers).orElse(List.of())) {
        for (String url : tier) {
          byUrl.computeIfAbsent(url, u -> new ArrayList<>()).add(item.hash());
        }
      }
    }
    return byUrl;
  }
}
