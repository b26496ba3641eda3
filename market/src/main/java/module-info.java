/** The bandwidth market: bids, awards, vouchers. */
module sluice.market {
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;
  requires transitive sluice.engine;
  requires transitive sluice.protocol;

  exports sluice.market.auction;
  exports sluice.market.bid;
  exports sluice.market.credit;
  exports sluice.market.money;
  exports sluice.market.sign;
  exports sluice.market.trade;
  exports sluice.market.wire;
}
