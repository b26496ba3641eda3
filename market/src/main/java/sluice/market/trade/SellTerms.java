package sluice.market.trade;

import java.util.Optional;
import sluice.market.auction.AuctionPolicy;
import sluice.market.auction.PayAsBid;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.wire.PayMessage.FaultCode;

/**
 * On which terms slots are sold.
 *
 * @param alias under which the hub credits the seller
 * @param floor the lowest price
 * @param windowBytes the most that may be unpaid
 * @param freePermille the share of the slots that is never sold, 250 to 1000
 * @param policy how slots are sold
 */
public record SellTerms(
    PayAddress alias, Price floor, long windowBytes, int freePermille, AuctionPolicy policy) {
  /** A channel must be redeemable for so long. */
  static final long LEAST_LIFE_SECONDS = 3_600;

  /** The window that is granted where nothing else is said. */
  public static final long WINDOW_BYTES = 1 << 20;

  /** The share that is kept free where nothing else is said. */
  public static final int FREE_PERMILLE = 500;

  /** A seller that sells half of its slots, to each winner at its own bid. */
  public static SellTerms of(PayAddress alias, Price floor) {
    return new SellTerms(alias, floor, WINDOW_BYTES, FREE_PERMILLE, new PayAsBid());
  }

  /** The same at another floor. */
  SellTerms at(Price price) {
    return new SellTerms(alias, price, windowBytes, freePermille, policy);
  }

  /** The same by another policy. */
  public SellTerms by(AuctionPolicy other) {
    return new SellTerms(alias, floor, windowBytes, freePermille, other);
  }

  /** The same with another share that is never sold. */
  public SellTerms keeping(int permille) {
    return new SellTerms(alias, floor, windowBytes, permille, policy);
  }

  /** Why a channel is not taken, if so. */
  Optional<FaultCode> refuse(ChannelCert cert, Scene scene) {
    if (!cert.payee().equals(alias) || !cert.asset().equals(scene.hub().assetHash())) {
      return Optional.of(FaultCode.BAD_CERTIFICATE);
    }
    return cert.expiresAt() - scene.unixSeconds().getAsLong() <= LEAST_LIFE_SECONDS
        ? Optional.of(FaultCode.EXPIRING)
        : Optional.empty();
  }
}
