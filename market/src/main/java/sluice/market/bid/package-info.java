/**
 * What a payer bids: from the prices that it has seen and the budget of its user, never from the
 * balance of its wallet. Pure, one thread each.
 */
@NullMarked
package sluice.market.bid;

import org.jspecify.annotations.NullMarked;
