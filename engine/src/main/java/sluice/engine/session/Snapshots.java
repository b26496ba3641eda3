package sluice.engine.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import sluice.protocol.metainfo.InfoHashes;

/**
 * What people see of all torrents. The loop changes it, one torrent at a time; any thread reads,
 * without touching the loop. The numbers of the last torrents that changed are remembered, so that
 * a reader need not look at all of them.
 */
final class Snapshots {
  /** Changes that are remembered; who has missed more looks at everything. */
  private static final int REMEMBERED = 1 << 16;

  private final Map<Long, TorrentSnapshot> inOrder = new ConcurrentSkipListMap<>();
  private final Map<InfoHashes, TorrentSnapshot> byName = new ConcurrentHashMap<>();

  /** At a version modulo its length the torrent that changed by it. */
  private final AtomicLongArray changed = new AtomicLongArray(REMEMBERED);

  /** Grows with each change, after the change is in all of the above. */
  private volatile long version = 1;

  /** Shows {@code entry} as of {@code now}. */
  void put(Entry entry, long now) {
    TorrentSnapshot snapshot = entry.snapshot(now);
    TorrentSnapshot before = inOrder.get(entry.number());
    if (snapshot.equals(before)) {
      return;
    }
    byName.put(entry.hashes(), snapshot);
    inOrder.put(entry.number(), snapshot);
    if (before != null && !before.torrent().equals(entry.hashes())) {
      byName.remove(before.torrent());
    }
    changed(entry);
  }

  private void changed(Entry entry) {
    long next = version + 1;
    changed.set(slot(next), entry.number());
    version = next;
  }

  private static int slot(long version) {
    return (int) (version % REMEMBERED);
  }

  /** Shows {@code entry} by the name {@code to}, too; by its old one until the next change. */
  void rename(Entry entry, InfoHashes to) {
    of(entry.hashes()).ifPresent(snapshot -> byName.put(to, snapshot));
  }

  /** Shows {@code entry} no longer. */
  void remove(Entry entry) {
    inOrder.remove(entry.number());
    byName.remove(entry.hashes());
    changed(entry);
  }

  /** All, in the order in which they came. */
  List<TorrentSnapshot> all() {
    return List.copyOf(inOrder.values());
  }

  /** One of them. */
  Optional<TorrentSnapshot> of(InfoHashes torrent) {
    return Optional.ofNullable(byName.get(torrent));
  }

  /** What changed after the version {@code seen}; 0 for everything. */
  SnapshotChanges since(long seen) {
    long now = version;
    if (seen <= 0 || seen > now || now - seen >= REMEMBERED) {
      return new SnapshotChanges(now, true, all());
    }
    Set<Long> numbers = new LinkedHashSet<>();
    for (long each = seen + 1; each <= now; each++) {
      numbers.add(changed.get(slot(each)));
    }
    // What was written over while it was read may be the number of a later change.
    if (version - seen >= REMEMBERED) {
      return new SnapshotChanges(now, true, all());
    }
    List<TorrentSnapshot> there = new ArrayList<>(numbers.size());
    for (long number : numbers) {
      TorrentSnapshot snapshot = inOrder.get(number);
      if (snapshot == null) {
        return new SnapshotChanges(now, true, all());
      }
      there.add(snapshot);
    }
    return new SnapshotChanges(now, false, there);
  }
}
