package sluice.cli.market;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import sluice.market.auction.AuctionPolicy;
import sluice.market.auction.PayAsBid;
import sluice.market.auction.PostedPrice;
import sluice.market.auction.UniformPrice;
import sluice.market.money.Price;
import sluice.market.sign.PayAddress;
import sluice.market.trade.SellTerms;

/**
 * What is wanted of the market.
 *
 * @param hub where is paid
 * @param wallet file with the key of the account
 * @param password file with the wallet's password; empty: the environment or the terminal
 * @param asset that is traded in; empty: the first one of the hub
 * @param buy what is paid at the most; empty: nothing is bought
 * @param sell how slots are sold; empty: they never are
 * @param inPrivate whether it is also in private torrents
 */
public record MarketPlan(
    URI hub,
    Path wallet,
    Optional<Path> password,
    Optional<String> asset,
    Optional<Purchase> buy,
    Optional<Sale> sell,
    boolean inPrivate) {

  /**
   * How slots are sold.
   *
   * @param isOpen whether any are, for now
   * @param floorMicros the lowest price for a MiB
   * @param freePermille the share of the slots that is never sold, 250 to 1000
   */
  public record Sale(boolean isOpen, long floorMicros, Auction auction, int freePermille) {
    /** In the usual way. */
    public static Sale at(long floorMicros) {
      return new Sale(true, floorMicros, Auction.PAY_AS_BID, SellTerms.FREE_PERMILLE);
    }

    /** The terms of a seller that is paid under {@code alias}. */
    SellTerms terms(PayAddress alias) {
      return SellTerms.of(alias, new Price(floorMicros)).by(auction.policy()).keeping(freePermille);
    }
  }

  /** Who wins a slot, and what it pays. */
  public enum Auction {
    /** The highest bids, each its own. */
    PAY_AS_BID,
    /** The highest bids, all the highest that lost. */
    UNIFORM,
    /** Whoever came first, the floor. */
    POSTED;

    AuctionPolicy policy() {
      return switch (this) {
        case PAY_AS_BID -> new PayAsBid();
        case UNIFORM -> new UniformPrice();
        case POSTED -> new PostedPrice();
      };
    }
  }

  /**
   * What is paid at the most, in micro-units.
   *
   * @param priceMicros for a MiB
   * @param budgetMicros in all
   * @param torrentMicros for one torrent
   * @param dayMicros within a day
   */
  public record Purchase(long priceMicros, long budgetMicros, long torrentMicros, long dayMicros) {
    /** Without limits for a torrent and a day. */
    public Purchase(long priceMicros, long budgetMicros) {
      this(priceMicros, budgetMicros, Long.MAX_VALUE, Long.MAX_VALUE);
    }
  }
}
