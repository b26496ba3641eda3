package sluice.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import sluice.protocol.metainfo.ContentMarks;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/** An index for a session that keeps no state. */
final class MemoryIndex implements ContentIndex {
  /** Most torrents that are looked at because of one mark. */
  private static final int MAX_OF_MARK = 16;

  private final Map<Long, Set<InfoHashes>> torrents = new HashMap<>();
  private final Map<InfoHashes, List<Long>> marks = new HashMap<>();

  @Override
  public void meet(Metainfo torrent, Consumer<List<InfoHashes>> told) {
    InfoHashes name = torrent.info().hashes();
    List<Long> own = marks.computeIfAbsent(name, n -> ContentMarks.of(torrent.info()));
    Set<InfoHashes> found = new LinkedHashSet<>();
    for (long mark : own) {
      Set<InfoHashes> same = torrents.computeIfAbsent(mark, m -> new LinkedHashSet<>());
      same.stream().limit(MAX_OF_MARK).forEach(found::add);
      same.add(name);
    }
    found.remove(name);
    told.accept(new ArrayList<>(found).subList(0, Math.min(found.size(), MAX_TOLD)));
  }

  @Override
  public void forget(InfoHashes torrent) {
    List<Long> own = marks.remove(torrent);
    for (long mark : own == null ? List.<Long>of() : own) {
      torrents.computeIfPresent(
          mark,
          (m, same) -> {
            same.remove(torrent);
            return same.isEmpty() ? null : same;
          });
    }
  }
}
