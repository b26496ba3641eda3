/**
 * A member's key: made, kept in a file that a password opens, and never shown. Any thread; calls
 * block.
 */
@NullMarked
package sluice.ledger.wallet;

import org.jspecify.annotations.NullMarked;
