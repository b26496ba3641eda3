package sluice.engine.choke;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.List;
import sluice.engine.port.Entropy;

/**
 * The policy of a downloader (BEP 3): slots go to those who send to us fastest, and one to a peer
 * that is given a chance. A peer that leaves our requests unanswered, or takes and does not give,
 * earns no slot; it can only be lucky, or fill a slot that nobody else wants. A single slot goes by
 * chance alone.
 */
public final class TitForTat implements ChokePolicy {
  private static final Comparator<Standing> MERIT =
      comparing(Standing::earnsNothing)
          .thenComparing(comparingLong(Standing::downBytesPerSecond).reversed())
          .thenComparing(comparing(Standing::unchoked).reversed())
          .thenComparing(comparingLong(Standing::stateNanos).reversed())
          .thenComparingInt(Standing::key);

  /** The policy, which has no settings. */
  public TitForTat() {}

  @Override
  public ChokeResult decide(List<Standing> peers, int slots, int round, Entropy entropy) {
    long earners = peers.stream().filter(p -> p.isEligible() && !p.earnsNothing()).count();
    Slots given = new Slots(peers, slots);
    return given
        .fill((int) Math.min(given.left() - 1, earners), MERIT)
        .optimistic(round, entropy)
        .fill(slots, MERIT)
        .result();
  }
}
