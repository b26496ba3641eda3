package sluice.engine.choke;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.List;
import sluice.engine.port.Entropy;

/**
 * A policy of a seed: slots go to those who have just begun or are nearly done, so that those in
 * the middle must trade with each other; one slot goes by chance.
 */
public final class AntiLeech implements ChokePolicy {
  private static final int MIDDLE_PERMILLE = 500;

  private static final Comparator<Standing> DISTANCE =
      comparingInt(AntiLeech::distance)
          .reversed()
          .thenComparing(comparing(Standing::unchoked).reversed())
          .thenComparing(comparingLong(Standing::stateNanos).reversed())
          .thenComparingInt(Standing::key);

  /** The policy, which has no settings. */
  public AntiLeech() {}

  @Override
  public ChokeResult decide(List<Standing> peers, int slots, int round, Entropy entropy) {
    return new Slots(peers, slots)
        .fillSpread(slots - 1, DISTANCE)
        .optimistic(round, entropy)
        .fillSpread(slots, DISTANCE)
        .result();
  }

  private static int distance(Standing peer) {
    return Math.abs(peer.progressPermille() - MIDDLE_PERMILLE);
  }
}
