/**
 * What a hub does for its members: accounts, aliases, channels, redemption. Each call is one
 * transaction; what it answers is committed. Any thread; calls block.
 */
@NullMarked
package sluice.ledger.hub;

import org.jspecify.annotations.NullMarked;
