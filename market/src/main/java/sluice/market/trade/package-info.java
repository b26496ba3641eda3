/**
 * Trade with neighbours: the state machines of payer and payee, and the market as an extension of
 * the engine. What is slow or must last (signatures, the hub, the journal) is behind two ports,
 * {@link sluice.market.trade.Purse} and {@link sluice.market.trade.Till}. Loop only.
 *
 * <p>Invariants: a payee is owed no more than the price of its window; a payer has paid for no more
 * than one piece that is not verified, and promises nothing beyond its budget.
 */
@NullMarked
package sluice.market.trade;

import org.jspecify.annotations.NullMarked;
