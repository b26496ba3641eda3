package sluice.ledger.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import sluice.market.sign.PayAddress;

/** The nonces of the last minutes: none of a member is taken twice. Any thread. */
final class Nonces {
  static final long KEPT_MILLIS = 600_000;
  private static final int MAX = 1_000_000;

  private record Used(PayAddress member, String nonce) {}

  private record Seen(Used used, long atMillis) {}

  private final Set<Used> used = new HashSet<>();
  private final Deque<Seen> order = new ArrayDeque<>();

  /** Whether this one was not used; it is then. */
  synchronized boolean use(PayAddress member, String nonce, long nowMillis) {
    while (!order.isEmpty() && order.getFirst().atMillis() < nowMillis - KEPT_MILLIS) {
      used.remove(order.removeFirst().used());
    }
    if (order.size() >= MAX) {
      throw new ApiProblem(503, "BUSY", "too many requests; try again in a minute");
    }
    Used one = new Used(member, nonce);
    if (!used.add(one)) {
      return false;
    }
    order.addLast(new Seen(one, nowMillis));
    return true;
  }
}
