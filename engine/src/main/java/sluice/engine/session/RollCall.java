package sluice.engine.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Phase;
import sluice.engine.torrent.Torrent;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;

/**
 * Lets complete torrents cost next to nothing while nobody wants them. Each is opened once, little
 * by little, so that its data are looked at and it is announced; one that has no peer is closed
 * until a peer comes or is named, and its announces go on. Loop only.
 */
final class RollCall {
  /** Torrents that are opened in a second; of 100,000 the last has its turn after half an hour. */
  private static final int ANNOUNCED_PER_SECOND = 64;

  /**
   * The same of torrents that are announced nowhere: of these only the data are looked at, of
   * 100,000 in little more than a day.
   */
  private static final int SILENT_PER_SECOND = 1;

  /** Most that are open without a peer before no more are opened for the sake of announces. */
  private static final int MOST_LONELY = 256;

  /** So long one stays open that knows peers, which may answer yet. */
  private static final long TRYING_NANOS = 60_000_000_000L;

  /** So long one stays open that knows none. */
  private static final long ALONE_NANOS = 2_000_000_000L;

  private final Function<InfoHashes, @Nullable Entry> entries;
  private final Set<Entry> absent = new LinkedHashSet<>();
  private final Set<Entry> silent = new LinkedHashSet<>();
  private final Map<Torrent, Long> lonelySince = new HashMap<>();

  RollCall(Function<InfoHashes, @Nullable Entry> entries) {
    this.entries = entries;
  }

  /** An entry stands closed and has not had its turn; {@code announced} if it is to be that. */
  void add(Entry entry, boolean announced) {
    (announced ? absent : silent).add(entry);
  }

  /** Peers were named for an entry that is closed; it is opened for them if there is room. */
  void found(Entry entry, List<Endpoint> peers, Source source) {
    if (entry.isWaiting() && lonelySince.size() < MOST_LONELY) {
      entry.standby().offer(peers, source);
    }
  }

  /** A second has passed; there is {@code room} for so many that are opened. */
  void tick(long now, Collection<Torrent> running, IntSupplier room) {
    if (!absent.isEmpty()) {
      call(absent, Math.min(ANNOUNCED_PER_SECOND, room.getAsInt()));
    } else if (!silent.isEmpty()) {
      call(silent, Math.min(SILENT_PER_SECOND, room.getAsInt()));
    }
    List<Torrent> tired = new ArrayList<>();
    for (Torrent torrent : running) {
      if (!isLonely(torrent)) {
        lonelySince.remove(torrent);
        continue;
      }
      long alone = now - lonelySince.computeIfAbsent(torrent, t -> now);
      if (alone >= (torrent.knownPeers() > 0 ? TRYING_NANOS : ALONE_NANOS)) {
        tired.add(torrent);
      }
    }
    for (Torrent torrent : tired) {
      Entry entry = entries.apply(torrent.hashes());
      if (entry != null && entry.sleep()) {
        lonelySince.remove(torrent);
      }
    }
    lonelySince.keySet().removeIf(torrent -> !running.contains(torrent));
  }

  private boolean isLonely(Torrent torrent) {
    Entry entry = entries.apply(torrent.hashes());
    return torrent.phase() instanceof Phase.Seeding
        && torrent.peers().isEmpty()
        && !torrent.siblings().isLending()
        && entry != null
        && entry.standby().isClosable();
  }

  private void call(Set<Entry> line, int most) {
    Iterator<Entry> next = line.iterator();
    for (int i = 0; i < most && next.hasNext() && lonelySince.size() < MOST_LONELY; i++) {
      Entry entry = next.next();
      next.remove();
      if (entry.isWaiting()) {
        entry.standby().wake();
      }
    }
  }
}
