package sluice.engine.session;

import java.util.ArrayList;
import java.util.Collections;
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
  private final Map<InfoHashes, ContentMarks> marks = new HashMap<>();

  @Override
  public void meet(Metainfo torrent, Consumer<List<InfoHashes>> told) {
    InfoHashes name = torrent.info().hashes();
    ContentMarks own = marks.computeIfAbsent(name, n -> ContentMarks.of(torrent));
    Set<InfoHashes> found = new LinkedHashSet<>();
    for (long mark : own.sought()) {
      Set<InfoHashes> same = torrents.getOrDefault(mark, Collections.emptySet());
      same.stream().limit(MAX_OF_MARK).forEach(found::add);
    }
    for (long mark : own.noted()) {
      torrents.computeIfAbsent(mark, m -> new LinkedHashSet<>()).add(name);
    }
    found.remove(name);
    told.accept(new ArrayList<>(found).subList(0, Math.min(found.size(), MAX_TOLD)));
  }

  @Override
  public void forget(InfoHashes torrent) {
    ContentMarks own = marks.remove(torrent);
    for (long mark : own == null ? List.<Long>of() : own.noted()) {
      torrents.computeIfPresent(
          mark,
          (m, same) -> {
            same.remove(torrent);
            return same.isEmpty() ? null : same;
          });
    }
  }
}
