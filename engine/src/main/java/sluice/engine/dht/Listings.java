package sluice.engine.dht;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.protocol.digest.Hash;

/**
 * All torrents that are listed, and whose turn it is to be looked up. Few are looked up at a time,
 * those that are being downloaded first; while no node answers, one of them tries for all. Loop
 * only.
 */
final class Listings {
  /** Most that are looked up at a time; a node's other look-ups are to have room beside them. */
  static final int MAX_SEARCHING = 12;

  private static final long FIRST_PAUSE_NANOS = 2_000_000_000L;

  /** The longest pause while no node answers. */
  private static final long MAX_PAUSE_NANOS = 20_000_000_000L;

  private final Loop loop;
  private final Map<Hash, List<Listing>> byTorrent = new HashMap<>();
  private final Set<Listing> urgent = new LinkedHashSet<>();
  private final Set<Listing> patient = new LinkedHashSet<>();
  private final Set<Listing> searching = new LinkedHashSet<>();
  private long answeredCount;
  private long failedCount;
  private boolean alone;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private Loop.@Nullable Timer pause;

  Listings(Loop loop) {
    this.loop = loop;
  }

  void add(Listing listing) {
    byTorrent.computeIfAbsent(listing.torrent(), t -> new ArrayList<>(1)).add(listing);
  }

  void remove(Listing listing) {
    byTorrent.computeIfPresent(
        listing.torrent(),
        (t, all) -> {
          all.remove(listing);
          return all.isEmpty() ? null : all;
        });
    urgent.remove(listing);
    patient.remove(listing);
    if (searching.remove(listing)) {
      run();
    }
  }

  /** Those of a torrent. */
  List<Listing> of(Hash torrent) {
    return List.copyOf(byTorrent.getOrDefault(torrent, List.of()));
  }

  /** {@code listing} is to be looked up, before others if it is {@code wanting}. */
  void due(Listing listing, boolean wanting) {
    (wanting ? patient : urgent).remove(listing);
    (wanting ? urgent : patient).add(listing);
    run();
  }

  /** {@code listing} was looked up; {@code answered} if a node has answered. */
  void ended(Listing listing, boolean answered) {
    searching.remove(listing);
    answeredCount += answered ? 1 : 0;
    failedCount += answered ? 0 : 1;
    alone = !answered;
    if (answered) {
      resume();
    } else if (pause == null) {
      pause = loop.after(pauseNanos, this::resumeAlone);
      pauseNanos = Math.min(MAX_PAUSE_NANOS, 2 * pauseNanos);
    }
  }

  /** What became of look-ups. */
  Dht.Announced announced() {
    return new Dht.Announced(answeredCount, failedCount);
  }

  /** Nodes were found. */
  void resume() {
    pauseNanos = FIRST_PAUSE_NANOS;
    alone = false;
    if (pause != null) {
      pause.cancel();
      pause = null;
    }
    run();
  }

  private void resumeAlone() {
    pause = null;
    run();
  }

  private void run() {
    while (pause == null && searching.size() < (alone ? 1 : MAX_SEARCHING)) {
      Set<Listing> line = urgent.isEmpty() ? patient : urgent;
      if (line.isEmpty()) {
        return;
      }
      Listing next = line.iterator().next();
      line.remove(next);
      searching.add(next);
      next.search();
    }
  }

  void close() {
    if (pause != null) {
      pause.cancel();
    }
  }
}
