package sluice.market.auction;

import java.util.List;

/** A rule for selling slots. The order of the offers makes no difference. */
public sealed interface AuctionPolicy
    permits UniformPrice, PayAsBid, ProportionalShare, PostedPrice {

  /** Its number on the wire. */
  int code();

  /** Sells at most the slots of {@code stall}; best first. */
  List<Sale> sell(List<Offer> offers, Stall stall);
}
