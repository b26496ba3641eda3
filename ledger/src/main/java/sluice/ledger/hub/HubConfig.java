package sluice.ledger.hub;

import java.util.Set;
import java.util.TreeSet;
import sluice.ledger.book.Account;
import sluice.market.sign.Domain;
import sluice.market.sign.PayKey;

/**
 * How a hub is set up.
 *
 * @param chainId the chain whose coins it holds; part of what is signed
 * @param key signs certificates; its public key is the hub's identity
 * @param assets ids of the assets that it keeps accounts in
 * @param graceSeconds how long vouchers are redeemed after a channel's end
 * @param maxLifeSeconds longest life of a channel
 * @param payouts what it pays out
 */
public record HubConfig(
    long chainId,
    PayKey key,
    Set<String> assets,
    long graceSeconds,
    long maxLifeSeconds,
    PayoutRules payouts) {
  private static final long DAY_SECONDS = 86_400;

  public HubConfig {
    assets = Set.copyOf(new TreeSet<>(assets));
    if (assets.isEmpty() || !assets.stream().allMatch(Account::isAsset)) {
      throw new IllegalArgumentException("assets " + assets);
    }
    if (graceSeconds < 1 || maxLifeSeconds < 1) {
      throw new IllegalArgumentException("grace " + graceSeconds + ", life " + maxLifeSeconds);
    }
  }

  /** A day of grace, 30 days of life, no withdrawals. */
  public static HubConfig of(long chainId, PayKey key, Set<String> assets) {
    return new HubConfig(chainId, key, assets, DAY_SECONDS, 30 * DAY_SECONDS, PayoutRules.CLOSED);
  }

  /** The same with other rules for withdrawals. */
  public HubConfig paying(PayoutRules rules) {
    return new HubConfig(chainId, key, assets, graceSeconds, maxLifeSeconds, rules);
  }

  /** Where its signatures count. */
  public Domain domain() {
    return Domain.of(chainId, key.identity());
  }
}
