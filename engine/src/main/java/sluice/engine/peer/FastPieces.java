package sluice.engine.peer;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The pieces that two peers named to each other by the fast extension (BEP 6): those that may be
 * asked for in spite of a choke, and those that the other side should ask for. Loop only.
 */
final class FastPieces {
  /** Most pieces that a peer may allow us. */
  private static final int MAX_ALLOWED = 64;

  /** Most suggestions that are kept; the oldest give way. */
  private static final int MAX_SUGGESTED = 16;

  private final Set<Integer> toUs = new HashSet<>();
  private final Set<Integer> byUs = new HashSet<>();
  private final Deque<Integer> suggested = new ArrayDeque<>();

  /** The peer allows us {@code piece}; false if it had or is one too many. */
  boolean allow(int piece) {
    return toUs.size() < MAX_ALLOWED && toUs.add(piece);
  }

  /** The peer refuses {@code piece} after all. */
  void disallow(int piece) {
    toUs.remove(piece);
  }

  /** Whether the peer allows us {@code piece}. */
  boolean allowsUs(int piece) {
    return toUs.contains(piece);
  }

  /** Whether the peer allows us anything. */
  boolean allowsUs() {
    return !toUs.isEmpty();
  }

  /** We allow the peer {@code piece}; false if we did before. */
  boolean offer(int piece) {
    return byUs.add(piece);
  }

  /** Whether we allow the peer {@code piece}. */
  boolean isOffered(int piece) {
    return byUs.contains(piece);
  }

  /** The peer suggests {@code piece}. */
  void suggest(int piece) {
    suggested.remove(piece);
    if (suggested.size() == MAX_SUGGESTED) {
      suggested.removeLast();
    }
    suggested.addFirst(piece);
  }

  /** What the peer suggests, latest first. */
  Iterable<Integer> suggested() {
    return Collections.unmodifiableCollection(suggested);
  }
}
