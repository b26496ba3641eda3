package sluice.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sluice.protocol.metainfo.InfoHashes;

/**
 * What torrents are called that came by magnets and have other hashes since their metadata are
 * there: of a hybrid, a magnet may name one of two. Any thread.
 */
final class Names {
  private final Map<InfoHashes, InfoHashes> changed = new ConcurrentHashMap<>();

  /** What the torrent is called that was added as {@code torrent}. */
  InfoHashes current(InfoHashes torrent) {
    return changed.getOrDefault(torrent, torrent);
  }

  void renamed(InfoHashes before, InfoHashes after) {
    if (!before.equals(after)) {
      changed.put(before, after);
    }
  }

  void removed(InfoHashes torrent) {
    changed.values().removeIf(torrent::equals);
  }
}
