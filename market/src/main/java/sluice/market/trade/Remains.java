package sluice.market.trade;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was paid in one torrent to payees whose awards are over, and was never seen verified. It
 * counts for an hour, or until it is verified, against what is paid unseen to the same network: so
 * who comes again and again is paid for one piece, or block, and not for one each time. Loop only.
 *
 * <p>All networks together have a limit, too, which ends trade with those of which nothing good has
 * come: so it is of no use to have many.
 */
final class Remains {
  static final long HOUR_NANOS = Bars.HOUR_NANOS;

  /** Awards that are remembered. */
  static final int MAX = 256;

  /** Networks that are remembered to be good, or to have lied. */
  static final int MAX_NETWORKS = 1_024;

  /** How many pieces, or blocks, all networks together may have been paid for. */
  static final int MOST_UNITS = 4;

  /** How many awards of one network may last at a time. */
  static final int MOST_AWARDS = 4;

  /** With a larger part of a piece paid before, a network could not be paid up to the next. */
  private static final int PART = 4;

  private final List<Rest> rests = new ArrayList<>();
  private final Map<Long, Integer> lasting = new LinkedHashMap<>();
  private final Map<Long, Long> liars = new LinkedHashMap<>();
  private final Set<Long> proven = new HashSet<>();

  /** At the end {@code riskBytes} were paid and not verified. */
  private record Rest(long group, Proof proof, long riskBytes, long endNanos) {
    long bytes() {
      return Math.min(riskBytes, proof.waitingBytes());
    }
  }

  /** What was paid and not verified to a network before. */
  long bytes(long group, long now) {
    forget(now);
    return rests.stream().filter(r -> r.group() == group).mapToLong(Rest::bytes).sum();
  }

  private void forget(long now) {
    rests.removeIf(rest -> now - rest.endNanos() >= 0 || rest.bytes() == 0);
    liars.values().removeIf(endNanos -> now - endNanos >= 0);
  }

  /**
   * Whether something may be bought of a network.
   *
   * @param unitBytes what is verified at once
   * @param windowBytes that it is said to grant
   */
  boolean mayBuy(long group, long unitBytes, long windowBytes, long now) {
    long before = bytes(group, now);
    boolean isShort = before > Math.min(unitBytes / PART, windowBytes / 2);
    if (isShort || liars.containsKey(group) || lasting.getOrDefault(group, 0) >= MOST_AWARDS) {
      return false;
    }
    long all = rests.stream().mapToLong(Rest::bytes).sum();
    return proven.contains(group) || (all < MOST_UNITS * unitBytes && rests.size() < MAX);
  }

  /** An award of a network begins. */
  void begin(long group) {
    lasting.merge(group, 1, Integer::sum);
  }

  /**
   * An award is over: nothing more is paid for what came.
   *
   * @param unpaidBytes of what came
   */
  void end(long group, Proof proof, long unpaidBytes, long unitBytes, long now) {
    lasting.computeIfPresent(group, (g, count) -> count == 1 ? null : count - 1);
    if (proof.goodBytes() >= unitBytes && proven.size() < MAX_NETWORKS) {
      proven.add(group);
    }
    long risk = Math.min(unitBytes, proof.waitingBytes() - unpaidBytes);
    if (risk > 0) {
      if (rests.size() >= MAX) {
        rests.removeFirst();
      }
      rests.add(new Rest(group, proof, risk, now + HOUR_NANOS));
    }
  }

  /** The piece is right. */
  void good(int piece) {
    rests.forEach(rest -> rest.proof().good(piece));
  }

  /** So many bytes of a piece that came from the network are right. */
  void right(long group, int piece, long bytes) {
    for (Rest rest : rests) {
      if (rest.group() == group && rest.proof().has(piece)) {
        rest.proof().right(piece, bytes);
        return;
      }
    }
  }

  /** What came from the network, and from nobody else, is wrong. */
  void lied(long group, long now) {
    Oldest.put(liars, MAX_NETWORKS, group, now + HOUR_NANOS);
    proven.remove(group);
  }
}
