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
    return isByRarity() ? candidates.rarest(may) : candidates.random(may);
  }

  @Override
  public boolean takesSuggestions() {
    return isByRarity();
  }

  @Override
  public boolean isByRarity() {
    return have.count() >= RANDOM_FIRST;
  }
}
