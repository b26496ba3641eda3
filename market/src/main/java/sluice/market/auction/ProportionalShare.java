package sluice.market.auction;

import java.math.BigInteger;
import java.util.List;
import sluice.market.money.Price;

/**
 * Each bidder offers an amount a second and gets that part of the bandwidth which its offer is of
 * all offers (Johari and Tsitsiklis, 2004). All pay the same for a byte, and nobody more than it
 * bid.
 */
public record ProportionalShare() implements AuctionPolicy {
  private static final BigInteger MEBIBYTE = BigInteger.valueOf(1 << 20);

  @Override
  public int code() {
    return 4;
  }

  @Override
  public List<Sale> sell(List<Offer> offers, Stall stall) {
    List<Offer> field = Ranking.inOrder(offers, stall, Order.SPENDING);
    List<Offer> winners =
        field.subList(0, Math.min(field.size(), stall.slots())).stream()
            .filter(o -> o.microsPerSecond() > 0)
            .toList();
    BigInteger spending =
        winners.stream()
            .map(w -> BigInteger.valueOf(w.microsPerSecond()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    Price price = price(spending, stall);
    return winners.stream().map(w -> sale(w, spending, price)).toList();
  }

  private static Sale sale(Offer winner, BigInteger spending, Price price) {
    BigInteger share =
        BigInteger.valueOf(winner.microsPerSecond())
            .multiply(BigInteger.valueOf(Sale.WHOLE))
            .divide(spending);
    Price pays = price.compareTo(winner.most()) <= 0 ? price : winner.most();
    return new Sale(winner.key(), pays, share.intValueExact());
  }

  /** What all offer together for what is sold together, and at least the floor. */
  private static Price price(BigInteger spending, Stall stall) {
    BigInteger bandwidth = BigInteger.valueOf(Math.max(1, stall.bytesPerSecond()));
    BigInteger price = spending.multiply(MEBIBYTE).divide(bandwidth);
    long micros = price.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    return new Price(Math.max(stall.floor().perMebibyte(), micros));
  }
}
