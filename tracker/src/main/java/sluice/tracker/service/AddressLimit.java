package sluice.tracker.service;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts requests of each address in each second, in a table of fixed size. Addresses that meet in
 * one cell are counted together; the table is so large that this needs tens of thousands at once.
 * Any thread; a count may miss what another thread adds at the same moment.
 */
final class AddressLimit {
  private static final int CELLS = 1 << 16;
  private static final int COUNT_BITS = 20;
  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

  private final long seed;
  private final int perSecond;

  /** In each cell: second (12 bits), count (20 bits). */
  private final AtomicIntegerArray cells;

  AddressLimit(long seed, int perSecond) {
    this.seed = seed;
    this.perSecond = Math.min(perSecond, COUNT_MASK - 1);
    this.cells = new AtomicIntegerArray(perSecond == 0 ? 1 : CELLS);
  }

  /** Counts a request of the address in two words; gives whether it is within the limit. */
  boolean admits(long high, long low, int seconds) {
    if (perSecond == 0) {
      return true;
    }
    long mixed = (high ^ seed) * 0x9E3779B97F4A7C15L + (low ^ (seed >>> 32));
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    int cell = (int) (mixed >>> 48) & (CELLS - 1);
    int value = cells.getOpaque(cell);
    int stamp = seconds << COUNT_BITS;
    int count = ((value ^ stamp) & ~COUNT_MASK) == 0 ? value & COUNT_MASK : 0;
    if (count >= perSecond) {
      return false;
    }
    cells.setOpaque(cell, stamp | (count + 1));
    return true;
  }
}
