package sluice.market.trade;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.market.credit.CreditWindow;

/**
 * Networks that have left owing, and what they took. For an hour after the first time, twice as
 * long after each other, they are sold only what they pay before: so who has lost its memory may go
 * on, and takes nothing more. Who does not pay before either is sold nothing for as long. The
 * oldest are forgotten. Loop only.
 *
 * <p>Once all networks together have taken the pool within an hour, none begins on credit until the
 * hour is over: so it is of no use to have many.
 */
final class Bars {
  static final long HOUR_NANOS = 3_600_000_000_000L;
  static final int MAX = 4_096;

  /** How many windows all networks together may take within an hour. */
  static final int POOL_WINDOWS = 4;

  private static final int MAX_DOUBLINGS = 7;

  private final long poolBytes;
  private final Map<Long, Bar> bars = new LinkedHashMap<>();
  private final Map<Long, Taken> small = new LinkedHashMap<>();
  private Taken pool = new Taken(0, 0);

  private record Bar(long untilNanos, int times, Terms terms) {}

  /** What was not paid within an hour that began then. */
  private record Taken(long sinceNanos, long bytes) {
    Taken and(long more, long now) {
      return isOver(now) ? new Taken(now, more) : new Taken(sinceNanos, bytes + more);
    }

    boolean isOver(long now) {
      return bytes == 0 || now - sinceNanos >= HOUR_NANOS;
    }
  }

  /** How a network is sold to. */
  enum Terms {
    /** A window is unpaid. */
    CREDIT,
    /** Each block is paid before it is sent. */
    BEFORE,
    /** Not at all. */
    NONE
  }

  /** Bars of a seller that grants windows of {@code windowBytes}. */
  Bars(long windowBytes) {
    poolBytes = POOL_WINDOWS * windowBytes;
  }

  /** Somebody of this network has not kept its word. */
  void add(long group, long now) {
    Terms next = own(group, now) == Terms.CREDIT ? Terms.BEFORE : Terms.NONE;
    int times = bars.containsKey(group) ? bars.get(group).times() : 0;
    long nanos = HOUR_NANOS << Math.min(times, MAX_DOUBLINGS);
    Oldest.put(bars, MAX, group, new Bar(now + nanos, times + 1, next));
  }

  /**
   * So much was served to a network, and will not be paid. One block is forgiven within an hour, as
   * any connection may break; who has taken more has not kept its word.
   */
  void lost(long group, long bytes, long now) {
    pool = pool.and(bytes, now);
    Taken taken = small.getOrDefault(group, new Taken(now, 0)).and(bytes, now);
    Oldest.put(small, MAX, group, taken);
    if (taken.bytes() > CreditWindow.BLOCK_BYTES && own(group, now) == Terms.CREDIT) {
      add(group, now);
    }
  }

  /** What was forgiven to the network within this hour. */
  long forgivenBytes(long group, long now) {
    Taken taken = small.get(group);
    return taken == null || taken.isOver(now) ? 0 : taken.bytes();
  }

  /** How an award to the network begins. */
  Terms terms(long group, long now) {
    Terms own = own(group, now);
    boolean isEmpty = !pool.isOver(now) && pool.bytes() >= poolBytes;
    return own == Terms.CREDIT && isEmpty ? Terms.BEFORE : own;
  }

  /** How the network is sold to for what it did itself. */
  Terms own(long group, long now) {
    Bar bar = bars.get(group);
    return bar != null && now - bar.untilNanos() < 0 ? bar.terms() : Terms.CREDIT;
  }
}
