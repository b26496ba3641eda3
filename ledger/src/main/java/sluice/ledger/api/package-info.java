/**
 * The hub on the network: HTTP and JSON. Every request of a member is signed, every one that
 * changes something carries a key under which it counts once. Bodies are small and read strictly;
 * amounts are strings of digits. Any thread; calls block.
 */
@NullMarked
package sluice.ledger.api;

import org.jspecify.annotations.NullMarked;
