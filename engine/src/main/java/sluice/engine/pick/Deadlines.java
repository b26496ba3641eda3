package sluice.engine.pick;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The pieces that are due at a time, such as those that a player is about to need. Loop only.
 *
 * <p>Invariant: a piece that is there is not in it. At most {@link #MAX} pieces.
 */
final class Deadlines {
  /** Most pieces that have a deadline; setting one more fails. */
  static final int MAX = 4096;

  private static final Comparator<Due> SOONEST =
      Comparator.comparingLong(Due::atNanos).thenComparingInt(Due::piece);

  private final Map<Integer, Due> byPiece = new HashMap<>();
  private final TreeSet<Due> byTime = new TreeSet<>(SOONEST);

  /**
   * When a piece is due.
   *
   * @param atNanos loop time
   */
  record Due(int piece, long atNanos) {}

  boolean isEmpty() {
    return byPiece.isEmpty();
  }

  /** Sets when a piece is due; false if there are too many. */
  boolean set(int piece, long atNanos) {
    if (byPiece.size() >= MAX && !byPiece.containsKey(piece)) {
      return false;
    }
    Due due = new Due(piece, atNanos);
    Optional.ofNullable(byPiece.put(piece, due)).ifPresent(byTime::remove);
    byTime.add(due);
    return true;
  }

  /** The piece is there, or no longer due at a time. */
  void remove(int piece) {
    Optional.ofNullable(byPiece.remove(piece)).ifPresent(byTime::remove);
  }

  /** Forgets all. */
  void clear() {
    byPiece.clear();
    byTime.clear();
  }

  /** When the piece is due. */
  OptionalLong of(int piece) {
    Due due = byPiece.get(piece);
    return due == null ? OptionalLong.empty() : OptionalLong.of(due.atNanos());
  }

  /** All, soonest first. */
  SortedSet<Due> soonest() {
    return Collections.unmodifiableSortedSet(byTime);
  }
}
