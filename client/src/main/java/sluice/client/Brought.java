package sluice.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.wire.PieceSet;

/**
 * What another program knows of a torrent that comes from it, so that its data need not be checked
 * again. The set is handed over and not changed by anyone.
 *
 * @param have pieces that it verified. Those of files that are not there as long as they are to be
 *     do not count. A set of another size than the torrent's says nothing: the data are checked
 * @param renamed paths of files that differ from the torrent's, by index
 * @param uploaded bytes
 * @param downloaded bytes
 * @param active how long it has run
 * @param seeding how long it has run complete
 * @param added when it was added; empty: just now
 * @param completed when it was complete
 */
public record Brought(
    PieceSet have,
    Map<Integer, List<String>> renamed,
    long uploaded,
    long downloaded,
    Duration active,
    Duration seeding,
    Optional<Instant> added,
    Optional<Instant> completed) {

  public Brought {
    renamed = Map.copyOf(renamed);
    if (uploaded < 0 || downloaded < 0 || active.isNegative() || seeding.isNegative()) {
      throw new IllegalArgumentException("a negative number");
    }
  }
}
