package sluice.engine.pick;

import java.util.function.IntPredicate;

/** A rule for which absent piece is begun next. */
interface PieceOrder {
  /** The chosen one of the candidates that {@code may} accepts, or -1. */
  int choose(Candidates candidates, IntPredicate may);

  /** Whether a piece that a peer suggests may take the place of one that is as rare. */
  boolean takesSuggestions();

  /** Whether rare pieces come before others at this time. */
  boolean isByRarity();
}
