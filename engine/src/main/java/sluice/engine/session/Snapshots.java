package sluice.engine.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import sluice.protocol.metainfo.InfoHashes;

/**
 * What people see of all torrents. The loop changes it, one torrent at a time; any thread reads,
 * without touching the loop.
 */
final class Snapshots {
  private final Map<Long, TorrentSnapshot> inOrder = new ConcurrentSkipListMap<>();
  private final Map<InfoHashes, TorrentSnapshot> byName = new ConcurrentHashMap<>();

  /** Shows {@code entry} as of {@code now}. */
  void put(Entry entry, long now) {
    TorrentSnapshot snapshot = entry.snapshot(now);
    byName.put(entry.hashes(), snapshot);
    TorrentSnapshot before = inOrder.put(entry.number(), snapshot);
    if (before != null && !before.torrent().equals(entry.hashes())) {
      byName.remove(before.torrent());
    }
  }

  /** Shows {@code entry} by the name {@code to}, too; by its old one until the next change. */
  void rename(Entry entry, InfoHashes to) {
    of(entry.hashes()).ifPresent(snapshot -> byName.put(to, snapshot));
  }

  /** Shows {@code entry} no longer. */
  void remove(Entry entry) {
    inOrder.remove(entry.number());
    byName.remove(entry.hashes());
  }

  /** All, in the order in which they came. */
  List<TorrentSnapshot> all() {
    return List.copyOf(inOrder.values());
  }

  /** One of them. */
  Optional<TorrentSnapshot> of(InfoHashes torrent) {
    return Optional.ofNullable(byName.get(torrent));
  }
}
