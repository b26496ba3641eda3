package sluice.engine.pick;

import java.util.function.IntPredicate;

/** The order for viewing: the first piece of the highest priority. */
record Sequential() implements PieceOrder {
  @Override
  public int choose(Candidates candidates, IntPredicate may) {
    return candidates.lowest(may);
  }

  @Override
  public boolean takesSuggestions() {
    return false;
  }

  @Override
  public boolean isByRarity() {
    return false;
  }
}
