package sluice.engine.choke;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.engine.port.Entropy;

/**
 * Sells a part of the slots: those who pay most for them get them, and the rest of the slots and of
 * the peers is another policy's. What nobody buys is free, so a torrent without payers is choked as
 * by that policy alone.
 *
 * @param free decides on the free slots, the optimistic one included
 * @param optimistic slots of {@code free} that go by chance; they are not for sale
 * @param freePermille the share of the other slots that is never sold, 250 to 1000; at least one
 */
public record PaidSlots(ChokePolicy free, int optimistic, int freePermille) implements ChokePolicy {
  /** The least that is kept free. */
  public static final int MIN_FREE_PERMILLE = 250;

  public PaidSlots {
    if (optimistic < 0 || freePermille < MIN_FREE_PERMILLE || freePermille > 1_000) {
      throw new IllegalArgumentException("free share of " + freePermille + " per mille");
    }
  }

  /** How many of {@code slots} may be sold. */
  public int forSale(int slots) {
    int regular = Math.max(0, slots - optimistic);
    int kept = Math.max(1, Math.ceilDiv(regular * freePermille, 1_000));
    return Math.max(0, regular - kept);
  }

  @Override
  public ChokeResult decide(List<Standing> peers, int slots, int round, Entropy entropy) {
    List<Standing> payers =
        peers.stream()
            .filter(p -> p.weight() > 0 && p.isEligible())
            .sorted(comparingDouble(Standing::weight).reversed().thenComparingInt(Standing::key))
            .limit(forSale(slots))
            .toList();
    if (payers.isEmpty()) {
      return free.decide(peers, slots, round, entropy);
    }
    Set<Integer> sold = new HashSet<>();
    payers.forEach(payer -> sold.add(payer.key()));
    List<Standing> others = peers.stream().filter(p -> !sold.contains(p.key())).toList();
    ChokeResult rest = free.decide(others, slots - payers.size(), round, entropy);
    List<Integer> unchoked = new ArrayList<>(payers.stream().map(Standing::key).toList());
    unchoked.addAll(rest.unchoked());
    return new ChokeResult(unchoked, rest.optimistic());
  }
}
