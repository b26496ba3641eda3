package sluice.daemon.shelf;

import java.util.Map;
import sluice.engine.session.TorrentSnapshot.Phase;

/**
 * All torrents together.
 *
 * @param torrents how many
 * @param phases how many do what
 * @param active how many give or take data
 * @param faulted how many do not run although they are to
 * @param peers that are connected
 * @param knownPeers addresses
 * @param downloaded payload bytes, all runs of those that are there
 * @param uploaded payload bytes, likewise
 * @param wasted payload bytes received for nothing
 * @param downRate payload bytes per second
 * @param upRate payload bytes per second
 */
public record Sums(
    int torrents,
    Map<Phase, Integer> phases,
    int active,
    int faulted,
    long peers,
    long knownPeers,
    long downloaded,
    long uploaded,
    long wasted,
    long downRate,
    long upRate) {

  public Sums {
    phases = Map.copyOf(phases);
  }

  /** How many are in {@code phase}. */
  public int in(Phase phase) {
    return phases.getOrDefault(phase, 0);
  }
}
