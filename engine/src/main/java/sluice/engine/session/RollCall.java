package sluice.engine.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.torrent.Phase;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.InfoHashes;

/**
 * Lets complete torrents cost next to nothing while nobody wants them: after a start they are
 * opened little by little, so that each is announced, and those without trackers that have no peer
 * are closed until a peer comes. Loop only.
 */
final class RollCall {
  /** Torrents that are opened in a second; of 100,000 the last has its turn after under 3 hours. */
  private static final int OPENED_PER_SECOND = 10;

  private static final long LONELY_NANOS = 60_000_000_000L;

  private final Function<InfoHashes, @Nullable Entry> entries;
  private final Deque<Entry> absent = new ArrayDeque<>();
  private final Map<Torrent, Long> lonelySince = new HashMap<>();

  RollCall(Function<InfoHashes, @Nullable Entry> entries) {
    this.entries = entries;
  }

  /** A torrent was registered. */
  void add(Entry entry) {
    if (entry.isWaiting()) {
      absent.add(entry);
    }
  }

  /** A second has passed; there is {@code room} for so many that are opened. */
  void tick(long now, Collection<Torrent> running, IntSupplier room) {
    int most = absent.isEmpty() ? 0 : Math.min(OPENED_PER_SECOND, room.getAsInt());
    for (int i = 0; i < most && !absent.isEmpty(); i++) {
      Entry next = absent.poll();
      if (next.isWaiting()) {
        next.wake();
      }
    }
    List<Torrent> tired = new ArrayList<>();
    for (Torrent torrent : running) {
      boolean lonely =
          torrent.phase() instanceof Phase.Seeding
              && torrent.peers().isEmpty()
              && torrent.metainfo().trackers().isEmpty();
      if (!lonely) {
        lonelySince.remove(torrent);
      } else if (now - lonelySince.computeIfAbsent(torrent, t -> now) >= LONELY_NANOS) {
        tired.add(torrent);
      }
    }
    for (Torrent torrent : tired) {
      lonelySince.remove(torrent);
      Entry entry = entries.apply(torrent.hashes());
      if (entry != null) {
        entry.sleep();
      }
    }
    lonelySince.keySet().removeIf(torrent -> !running.contains(torrent));
  }
}
