package sluice.tron.devnet;

import java.util.Map;
import java.util.TreeMap;

/**
 * An account at one moment.
 *
 * @param freeUsed free bandwidth used, as of {@code freeSlot}
 * @param issued id of the token that it has issued; empty if none
 */
record Account(long sun, Map<String, Long> tokens, long freeUsed, long freeSlot, String issued) {
  static final Account EMPTY = new Account(0, Map.of(), 0, 0, "");
  private static final long SLOTS_OF_A_DAY = 28_800;
  private static final long PRECISION = 1_000_000;

  long token(String id) {
    return tokens.getOrDefault(id, 0L);
  }

  Account plusSun(long more) {
    return new Account(Math.addExact(sun, more), tokens, freeUsed, freeSlot, issued);
  }

  Account plusToken(String id, long more) {
    Map<String, Long> next = new TreeMap<>(tokens);
    next.merge(id, more, Math::addExact);
    return new Account(sun, next, freeUsed, freeSlot, issued);
  }

  Account using(long bytes, long slot) {
    return new Account(sun, tokens, bytes, slot, issued);
  }

  Account issuing(String id) {
    return new Account(sun, tokens, freeUsed, freeSlot, id);
  }

  /** What is used of the free bandwidth when {@code more} is: the old use decays within a day. */
  long freeUsed(long more, long slot) {
    long average = ceil(freeUsed * PRECISION, SLOTS_OF_A_DAY);
    long added = ceil(more * PRECISION, SLOTS_OF_A_DAY);
    long gone = slot - freeSlot;
    double left = gone >= SLOTS_OF_A_DAY ? 0 : (SLOTS_OF_A_DAY - gone) / (double) SLOTS_OF_A_DAY;
    return (Math.round(average * left) + added) * SLOTS_OF_A_DAY / PRECISION;
  }

  private static long ceil(long number, long by) {
    return (number + by - 1) / by;
  }
}
