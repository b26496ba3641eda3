package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Optional;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.protocol.wire.PieceSet;

/**
 * What is known about a torrent's data without looking at them. Its sets are not to be changed.
 *
 * @param have pieces that were verified, and forced to the device before this was recorded
 * @param doubtful pieces that may have been written since: they have to be checked
 * @param clean whether nothing was written since; then the files must look as they were seen
 * @param seen how the files looked; empty if nobody looked
 * @param totals what the torrent has done
 */
public record Resume(
    PieceSet have, BitSet doubtful, boolean clean, Optional<Seen> seen, Totals totals) {

  /** How files looked at one time. */
  public record Seen(RootIdentity root, Stamps stamps) {}

  /** The same numbers, but nothing is known of the data. */
  public Resume distrusted() {
    return new Resume(new PieceSet(have.size()), new BitSet(), false, Optional.empty(), totals);
  }

  /** Whether anything is known of the data. */
  public boolean isTrusted() {
    return seen.isPresent();
  }
}
