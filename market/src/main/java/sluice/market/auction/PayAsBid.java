package sluice.market.auction;

import java.util.List;

/** The highest bids win, and each pays its own: a buyer can check all that concerns it. */
public record PayAsBid() implements AuctionPolicy {
  @Override
  public int code() {
    return 32;
  }

  @Override
  public List<Sale> sell(List<Offer> offers, Stall stall) {
    List<Offer> winners = Ranking.of(offers, stall, Order.PRICE).winners();
    return winners.stream()
        .map(w -> new Sale(w.key(), w.most(), Sale.WHOLE / winners.size()))
        .toList();
  }
}
