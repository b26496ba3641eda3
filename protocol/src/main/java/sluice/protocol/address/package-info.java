/**
 * Where a peer or a tracker can be reached. Immutable values, any thread.
 */
@NullMarked
package sluice.protocol.address;

import org.jspecify.annotations.NullMarked;
