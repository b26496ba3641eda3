package sluice.engine.peer;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Requests that were taken back and not refused: their blocks may be on the way. The oldest are
 * forgotten. Loop only.
 */
final class Lapsed {
  static final int MAX = 2 * Requests.MAX_WINDOW;

  private final Set<Long> blocks = new LinkedHashSet<>();

  void add(int piece, int block) {
    if (blocks.size() >= MAX) {
      Iterator<Long> oldest = blocks.iterator();
      oldest.next();
      oldest.remove();
    }
    blocks.add(name(piece, block));
  }

  /** Whether the block was asked for; it is forgotten. */
  boolean remove(int piece, int block) {
    return blocks.remove(name(piece, block));
  }

  private static long name(int piece, int block) {
    return (long) piece << Integer.SIZE | block;
  }
}
