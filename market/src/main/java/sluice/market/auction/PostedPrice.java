package sluice.market.auction;

import java.util.List;

/** Everybody pays the floor; who came first is served first. */
public record PostedPrice() implements AuctionPolicy {
  @Override
  public int code() {
    return 16;
  }

  @Override
  public List<Sale> sell(List<Offer> offers, Stall stall) {
    List<Offer> queue = Ranking.inOrder(offers, stall, Order.WAITING);
    List<Offer> winners = queue.subList(0, Math.min(queue.size(), stall.slots()));
    return winners.stream()
        .map(w -> new Sale(w.key(), stall.floor(), Sale.WHOLE / winners.size()))
        .toList();
  }
}
