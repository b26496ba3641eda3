package sluice.engine.session;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What people see of all torrents. The loop changes it, one torrent at a time; any thread reads,
 * without touching the loop.
 */
final class Snapshots {
  private final ConcurrentSkipListMap<Long, TorrentSnapshot> all = new ConcurrentSkipListMap<>();

  /** Shows {@code entry} as of {@code now}. */
  void put(Entry entry, long now) {
    all.put(entry.number(), entry.snapshot(now));
  }

  /** Shows {@code entry} no longer. */
  void remove(Entry entry) {
    all.remove(entry.number());
  }

  /** All, in the order in which they came. */
  List<TorrentSnapshot> all() {
    return List.copyOf(all.values());
  }
}
