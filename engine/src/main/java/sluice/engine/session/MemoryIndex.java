package sluice.engine.session;

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
  private final Map<Long, Set<InfoHashes>> torrents = new HashMap<>();
  private final Map<InfoHashes, Set<Long>> marks = new HashMap<>();

  @Override
  public void meet(Metainfo torrent, List<String> paths, Consumer<Neighbours> told) {
    InfoHashes name = torrent.info().hashes();
    ContentMarks contents = ContentMarks.of(torrent);
    List<Long> places = ContentMarks.places(paths);
    Neighbours found = new Neighbours(sharing(name, places), sharing(name, contents.sought()));
    note(name, contents.noted());
    note(name, places);
    told.accept(found);
  }

  private List<InfoHashes> sharing(InfoHashes name, List<Long> sought) {
    return sought.stream()
        .flatMap(mark -> torrents.getOrDefault(mark, Collections.emptySet()).stream())
        .filter(other -> !other.equals(name))
        .distinct()
        .limit(MAX_TOLD)
        .toList();
  }

  private void note(InfoHashes name, List<Long> noted) {
    for (long mark : noted) {
      torrents.computeIfAbsent(mark, m -> new LinkedHashSet<>()).add(name);
      marks.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(mark);
    }
  }

  @Override
  public void forget(InfoHashes torrent) {
    Set<Long> own = marks.remove(torrent);
    for (long mark : own == null ? Collections.<Long>emptySet() : own) {
      torrents.computeIfPresent(
          mark,
          (m, same) -> {
            same.remove(torrent);
            return same.isEmpty() ? null : same;
          });
    }
  }
}
