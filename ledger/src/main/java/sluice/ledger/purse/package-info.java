/**
 * The money of a peer that trades: a hub's client with a journal, behind the ports of the market.
 * What is promised or taken is in the journal, synced, before anybody acts on it. Each part has a
 * thread of its own; answers return to the loop.
 */
@NullMarked
package sluice.ledger.purse;

import org.jspecify.annotations.NullMarked;
