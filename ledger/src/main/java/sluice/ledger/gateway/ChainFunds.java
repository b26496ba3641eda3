package sluice.ledger.gateway;

import java.util.Map;

/**
 * What the hub has on the chain.
 *
 * @param height of the final block as of which this is
 * @param micros of all its addresses, by asset
 * @param payable of the address that pays out, by asset
 * @param payments how many payments it has the fees for, at least
 * @param fees the same in words
 */
public record ChainFunds(
    long height, Map<String, Long> micros, Map<String, Long> payable, long payments, String fees) {
  public ChainFunds {
    micros = Map.copyOf(micros);
    payable = Map.copyOf(payable);
  }
}
