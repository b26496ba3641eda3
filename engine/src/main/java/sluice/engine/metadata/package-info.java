/**
 * Fetching the info dictionary of a magnet from peers (BEP 9): who is asked for which piece, and
 * what becomes of peers that lie. It sends nothing itself and knows no connections.
 *
 * <p>Invariants: every byte of metadata is promised by a {@link
 * sluice.engine.metadata.MemoryBudget} before it is asked for; nothing is allocated before the
 * first piece has come. Thread: the loop.
 */
@NullMarked
package sluice.engine.metadata;

import org.jspecify.annotations.NullMarked;
