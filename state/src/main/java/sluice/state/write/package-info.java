/**
 * The one thread that writes. Writes wait in a bounded queue; all that wait share a transaction. A
 * write that was acknowledged is committed, and, if it says so, synced.
 */
@NullMarked
package sluice.state.write;

import org.jspecify.annotations.NullMarked;
