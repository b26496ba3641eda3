package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.protocol.wire.PieceSet;

/**
 * What is known about a torrent's data without looking at them. Its sets are not to be changed.
 *
 * @param have pieces that were verified, and forced to the device before this was recorded
 * @param doubtful pieces that may have been written since: they have to be checked
 * @param unfinished blocks that are on disk of pieces that are not, nobody knows whether right
 * @param clean whether nothing was written since; then the files must look as they were seen
 * @param seen how the files looked; empty if nobody looked
 * @param totals what the torrent has done
 */
public record Resume(
    PieceSet have,
    BitSet doubtful,
    Map<Integer, BitSet> unfinished,
    boolean clean,
    Optional<Seen> seen,
    Totals totals) {

  /** A torrent of {@code pieces} of whose data nothing is known. */
  public static Resume unknown(int pieces, Totals totals) {
    return new Resume(
        new PieceSet(pieces),
        new BitSet(),
        Collections.emptyMap(),
        false,
        Optional.empty(),
        totals);
  }

  /** How files looked at one time. */
  public record Seen(RootIdentity root, Stamps stamps) {}

  /** The same numbers and unfinished pieces, but nothing is known of the data. */
  public Resume distrusted() {
    return new Resume(
        new PieceSet(have.size()), new BitSet(), unfinished, false, Optional.empty(), totals);
  }

  /** The same, with other numbers. */
  public Resume totals(Totals changed) {
    return new Resume(have, doubtful, unfinished, clean, seen, changed);
  }

  /** Whether something of it was written. */
  public boolean isBegun() {
    return !have.isEmpty() || !doubtful.isEmpty() || !unfinished.isEmpty();
  }

  /** Whether anything is known of the data. */
  public boolean isTrusted() {
    return seen.isPresent();
  }
}
