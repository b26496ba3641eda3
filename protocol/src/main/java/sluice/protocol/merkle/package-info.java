/** Merkle trees of BEP 52 and the expected hashes of a piece. Pure, any thread. */
@NullMarked
package sluice.protocol.merkle;

import org.jspecify.annotations.NullMarked;
