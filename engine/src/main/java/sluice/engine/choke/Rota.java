package sluice.engine.choke;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import sluice.engine.port.Entropy;

/** Whose turn it is to be given a chance. */
public final class Rota {
  private static final int FRESH_WEIGHT = 3;
  private static final int TAKER_PATIENCE = 16;

  private Rota() {}

  /**
   * Who has waited longest, of the fresh peers or of the others by chance: a fresh one is three
   * times as likely.
   *
   * @param hat those who wait, at least one
   */
  public static Standing next(List<Standing> hat, Entropy entropy) {
    List<Standing> fresh = hat.stream().filter(Standing::fresh).toList();
    List<Standing> old = hat.stream().filter(p -> !p.fresh()).toList();
    int ball = entropy.nextInt(FRESH_WEIGHT * fresh.size() + old.size());
    return longestWaiting(ball < old.size() ? old : fresh);
  }

  private static Standing longestWaiting(List<Standing> peers) {
    return Collections.max(
        peers,
        Comparator.comparingLong(Rota::patienceNanos)
            .thenComparing(Comparator.comparingInt(Standing::key).reversed()));
  }

  /** How long it has waited; who only takes waits many times as long as others. */
  private static long patienceNanos(Standing peer) {
    return peer.takes() ? peer.stateNanos() / TAKER_PATIENCE : peer.stateNanos();
  }
}
