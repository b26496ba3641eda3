package sluice.engine.pick;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;

/**
 * The absent pieces that are wanted, by priority and rarity; and of every piece how much it is
 * wanted and how many peers have it. Loop only.
 *
 * <p>Invariant: a candidate is in the {@link Level} of its priority and in no other.
 */
final class Candidates {
  private final Entropy entropy;
  private final int[] count;
  private final int[] position;
  private final byte[] priority;
  private final BitSet blocked = new BitSet();
  private final @Nullable Level[] levels = new Level[Priority.LEVELS];
  private int size;
  private long additions;

  /** No candidates; every piece is of normal priority. */
  Candidates(int pieces, Entropy entropy) {
    this.entropy = entropy;
    count = new int[pieces];
    position = new int[pieces];
    priority = new byte[pieces];
    Arrays.fill(position, -1);
    Arrays.fill(priority, Priority.NORMAL.level());
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** How many peers that are not seeds have the piece. */
  int count(int piece) {
    return count[piece];
  }

  Priority priority(int piece) {
    return Priority.of(priority[piece]);
  }

  /** Changes the priority of a piece that is no candidate. */
  void priority(int piece, Priority to) {
    assert position[piece] < 0;
    priority[piece] = to.level();
  }

  /** Whether the piece is one. */
  boolean contains(int piece) {
    return position[piece] >= 0;
  }

  /** How often a piece became a candidate: as long as it is the same, there are no more of them. */
  long additions() {
    return additions;
  }

  /** Makes the piece a candidate, unless it is one, or blocked. */
  void add(int piece) {
    if (!contains(piece) && !blocked.get(piece)) {
      additions++;
      size++;
      level(piece).add(piece);
    }
  }

  /** Takes the piece from the candidates if it is one. */
  void remove(int piece) {
    if (contains(piece)) {
      size--;
      level(piece).remove(piece);
    }
  }

  /** The piece, no candidate, becomes none until {@link #unblock}. */
  void block(int piece) {
    blocked.set(piece);
  }

  /** The piece may become a candidate again. */
  void unblock(int piece) {
    blocked.clear(piece);
  }

  /** One more peer has the piece. */
  void increment(int piece) {
    int before = count[piece]++;
    if (position[piece] >= 0) {
      level(piece).rose(piece, before);
    }
  }

  /** One peer less has the piece. */
  void decrement(int piece) {
    int before = count[piece]--;
    assert before > 0;
    if (position[piece] >= 0) {
      level(piece).fell(piece, before);
    }
  }

  /** How many peers have the rarest of the highest priority; -1 if there are no candidates. */
  int leastCount() {
    int piece = rarest(p -> true);
    return piece < 0 ? -1 : count[piece];
  }

  /** The rarest of the highest priority that {@code may} accepts, or -1. */
  int rarest(IntPredicate may) {
    for (int i = levels.length - 1; i > 0; i--) {
      Level level = levels[i];
      int piece = level == null ? -1 : level.rarest(may);
      if (piece >= 0) {
        return piece;
      }
    }
    return -1;
  }

  /** Any of the highest priority that {@code may} accepts, tried at random, else the rarest. */
  int random(IntPredicate may) {
    for (int i = levels.length - 1; i > 0; i--) {
      Level level = levels[i];
      int piece = level == null ? -1 : level.random(may);
      if (piece >= 0) {
        return piece;
      }
    }
    return -1;
  }

  /** The one with the lowest index of the highest priority that {@code may} accepts, or -1. */
  int lowest(IntPredicate may) {
    for (int i = levels.length - 1; i > 0; i--) {
      Level level = levels[i];
      int piece = level == null ? -1 : level.lowest(may);
      if (piece >= 0) {
        return piece;
      }
    }
    return -1;
  }

  private Level level(int piece) {
    int at = priority[piece];
    Level level = levels[at];
    if (level == null) {
      level = new Level(count, position, entropy);
      levels[at] = level;
    }
    return level;
  }
}
