/**
 * Where a peer or a tracker can be reached, and how that is written. Immutable values, any thread.
 */
@NullMarked
package sluice.protocol.address;

import org.jspecify.annotations.NullMarked;
