package sluice.engine.choke;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.List;
import sluice.engine.port.Entropy;

/**
 * A policy of a seed: slots go to those to whom we send fastest, and one to a peer whose speed is
 * yet to be found out. It spreads the pieces soonest, and is unfair to slow peers.
 */
public final class FastestUpload implements ChokePolicy {
  private static final Comparator<Standing> SPEED =
      comparingLong(Standing::upBytesPerSecond)
          .reversed()
          .thenComparing(comparing(Standing::unchoked).reversed())
          .thenComparing(comparingLong(Standing::stateNanos).reversed())
          .thenComparingInt(Standing::key);

  /** The policy, which has no settings. */
  public FastestUpload() {}

  @Override
  public ChokeResult decide(List<Standing> peers, int slots, int round, Entropy entropy) {
    return new Slots(peers, slots)
        .fillSpread(slots - 1, SPEED)
        .optimistic(round, entropy)
        .fillSpread(slots, SPEED)
        .result();
  }
}
