/**
 * What a hub owes, as a tree of hashes and sums whose root it signs: each member can check that it
 * was counted, and nobody learns who the others are. Pure but for {@link
 * sluice.ledger.proof.ProofBook}; any thread.
 */
@NullMarked
package sluice.ledger.proof;

import org.jspecify.annotations.NullMarked;
