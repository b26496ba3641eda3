package sluice.engine.pick;

import java.util.function.IntPredicate;
import sluice.protocol.wire.PieceSet;

/**
 * The order for exchange: the rarest piece of the highest priority, a random one while few pieces
 * are there.
 *
 * @param have pieces that are there
 */
record RarestFirst(PieceSet have) implements PieceOrder {
  /** Below this many pieces, the next one is chosen at random. */
  private static final int RANDOM_FIRST = 4;

  @Override
  public int choose(Candidates candidates, IntPredicate may) {
    return have.count() < RANDOM_FIRST ? candidates.random(may) : candidates.rarest(may);
  }

  @Override
  public boolean takesSuggestions() {
    return have.count() >= RANDOM_FIRST;
  }
}
