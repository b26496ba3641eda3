package sluice.cli.market;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is wanted of the market.
 *
 * @param hub where is paid
 * @param wallet file with the key of the account
 * @param password file with the wallet's password; empty: the environment or the terminal
 * @param asset that is traded in; empty: the first one of the hub
 * @param buy what is paid at the most; empty: nothing is bought
 * @param sell the lowest price in micro-units; empty: nothing is sold
 * @param inPrivate whether it is also in private torrents
 */
public record MarketPlan(
    URI hub,
    Path wallet,
    Optional<Path> password,
    Optional<String> asset,
    Optional<Purchase> buy,
    Optional<Long> sell,
    boolean inPrivate) {

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
