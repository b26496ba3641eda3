package sluice.market.trade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What networks owe at present. All connections of one, in all torrents, share a window: otherwise
 * who takes windows would take one for each. Loop only.
 *
 * <p>Kept are accounts of slots that are sold, and of those that have just ended.
 */
final class Debts {
  private final Map<Long, List<Account>> open = new HashMap<>();

  void add(long group, Account account) {
    open.computeIfAbsent(group, g -> new ArrayList<>()).add(account);
  }

  void remove(long group, Account account) {
    open.computeIfPresent(
        group,
        (g, accounts) -> {
          accounts.remove(account);
          return accounts.isEmpty() ? null : accounts;
        });
  }

  /** What the network owes beside {@code own}. */
  long othersMicros(long group, Account own) {
    long sum = 0;
    for (Account account : open.getOrDefault(group, List.of())) {
      long more = account == own ? 0 : account.unpaidMicros();
      sum = sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }
    return sum;
  }
}
