package sluice.market.auction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The winners of one round and those who lose. Who holds a slot keeps it while nobody offers a
 * tenth more; one holder at the most is displaced in a round, and none within its first 30 seconds:
 * so slots do not change hands with each small step of a bid.
 */
record Ranking(List<Offer> winners, List<Offer> losers) {
  private static final long TENURE_NANOS = 30_000_000_000L;

  /** Who wins, and who loses, of {@link #inOrder}. */
  static Ranking of(List<Offer> offers, Stall stall, Comparator<Offer> order) {
    List<Offer> field = inOrder(offers, stall, order);
    List<Offer> winners = new ArrayList<>();
    for (Offer offer : field) {
      if (offer.isIncumbent() && winners.size() < stall.slots()) {
        winners.add(offer);
      }
    }
    List<Offer> losers = new ArrayList<>(field);
    losers.removeAll(winners);
    while (winners.size() < stall.slots() && !losers.isEmpty()) {
      winners.add(losers.removeFirst());
    }
    displace(winners, losers);
    winners.sort(order);
    losers.sort(order);
    return new Ranking(winners, losers);
  }

  /** Those who pay the floor, the best first; of equal payers or networks only the first. */
  static List<Offer> inOrder(List<Offer> offers, Stall stall, Comparator<Offer> order) {
    List<Offer> sorted = new ArrayList<>(offers);
    sorted.sort(order);
    Set<Long> payers = new HashSet<>();
    Set<Long> groups = new HashSet<>();
    List<Offer> field = new ArrayList<>();
    for (Offer offer : sorted) {
      boolean paysEnough = offer.most().compareTo(stall.floor()) >= 0;
      if (paysEnough && !payers.contains(offer.payer()) && !groups.contains(offer.group())) {
        payers.add(offer.payer());
        groups.add(offer.group());
        field.add(offer);
      }
    }
    return field;
  }

  private static void displace(List<Offer> winners, List<Offer> losers) {
    if (losers.isEmpty() || winners.isEmpty()) {
      return;
    }
    Offer challenger = Collections.max(losers, Comparator.comparing(Offer::most));
    winners.stream()
        .filter(w -> w.heldNanos() >= TENURE_NANOS && isTenthAbove(challenger, w))
        .min(Comparator.comparing(Offer::most).thenComparingInt(Offer::key))
        .ifPresent(loser -> {
          winners.set(winners.indexOf(loser), challenger);
          losers.set(losers.indexOf(challenger), loser);
        });
  }

  /** Whether the challenger's price is at least 11 tenths of the holder's. */
  private static boolean isTenthAbove(Offer challenger, Offer holder) {
    long holds = holder.most().perMebibyte();
    long more = challenger.most().perMebibyte() - holds;
    return more > 0 && more >= Math.ceilDiv(holds, 10);
  }
}
