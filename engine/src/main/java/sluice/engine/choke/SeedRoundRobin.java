package sluice.engine.choke;

import static java.util.Comparator.comparingInt;

import java.util.Comparator;
import java.util.List;
import sluice.engine.port.Entropy;

/**
 * The fair policy of a seed: peers take turns. A turn ends when the peer has got its share and a
 * minute has passed, when it has asked for nothing for 20 seconds, or after five minutes. Then the
 * one that has waited longest follows. Who takes nothing of what is sent comes last.
 *
 * @param shareBytes what a turn is meant to carry
 */
public record SeedRoundRobin(long shareBytes) implements ChokePolicy {
  private static final long SECOND_NANOS = 1_000_000_000L;
  static final long MIN_TURN_NANOS = 60 * SECOND_NANOS;
  static final long IDLE_TURN_NANOS = 20 * SECOND_NANOS;
  static final long MAX_TURN_NANOS = 300 * SECOND_NANOS;

  public SeedRoundRobin {
    if (shareBytes < 1) {
      throw new IllegalArgumentException("a share has at least one byte: " + shareBytes);
    }
  }

  @Override
  public ChokeResult decide(List<Standing> peers, int slots, int round, Entropy entropy) {
    Comparator<Standing> order =
        comparingInt(this::queue)
            .thenComparing(SeedRoundRobin::within)
            .thenComparingInt(Standing::key);
    return new Slots(peers, slots).fillSpread(slots, order).result();
  }

  /**
   * 0 for those whose turn runs, 1 for those who wait, 2 for those whose turn is over, 3 for those
   * who take nothing.
   */
  private int queue(Standing peer) {
    if (peer.stalled()) {
      return 3;
    }
    if (!peer.unchoked()) {
      return 1;
    }
    return turnIsOver(peer) ? 2 : 0;
  }

  private boolean turnIsOver(Standing peer) {
    long turn = peer.stateNanos();
    return turn >= MAX_TURN_NANOS
        || (turn >= MIN_TURN_NANOS && peer.sentBytes() >= shareBytes)
        || (turn >= IDLE_TURN_NANOS && peer.sentBytes() == 0);
  }

  /** Inside a queue: who has waited longest, of these who has had least; or who has got least. */
  private static int within(Standing a, Standing b) {
    if (a.unchoked()) {
      return Long.compare(a.sentBytes(), b.sentBytes());
    }
    int byWait = Long.compare(b.stateNanos(), a.stateNanos());
    return byWait == 0 ? Long.compare(a.totalBytes(), b.totalBytes()) : byWait;
  }
}
