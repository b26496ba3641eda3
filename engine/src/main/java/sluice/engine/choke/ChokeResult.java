package sluice.engine.choke;

import java.util.List;
import java.util.OptionalInt;

/**
 * A decision of the choker.
 *
 * @param unchoked keys of the peers to be unchoked, best first; all others are to be choked
 * @param optimistic the one of them that has the optimistic slot
 */
public record ChokeResult(List<Integer> unchoked, OptionalInt optimistic) {

  public ChokeResult {
    unchoked = List.copyOf(unchoked);
  }
}
