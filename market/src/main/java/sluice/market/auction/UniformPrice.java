package sluice.market.auction;

import java.util.List;
import sluice.market.money.Price;

/**
 * All winners pay the highest price that lost, or the floor if nobody did; never more than they
 * bid. Not strategy-proof: the seller alone sees the losing bid, and it earns more with fewer
 * slots.
 */
public record UniformPrice() implements AuctionPolicy {
  @Override
  public int code() {
    return 8;
  }

  @Override
  public List<Sale> sell(List<Offer> offers, Stall stall) {
    Ranking ranking = Ranking.of(offers, stall, Order.PRICE);
    Price losing =
        ranking.losers().stream().map(Offer::most).max(Price::compareTo).orElse(stall.floor());
    return ranking.winners().stream()
        .map(w -> new Sale(w.key(), min(losing, w.most()), Sale.WHOLE / ranking.winners().size()))
        .toList();
  }

  private static Price min(Price a, Price b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
