/**
 * Data of other torrents of the session: a {@link Lender} is another torrent that has pieces of
 * this one, {@link Siblings} brings them as a peer or web seed would, so that they are verified and
 * recorded on the same way.
 *
 * <p>Invariant: a piece that is to be brought is asked of nobody else. Thread: the torrent's loop.
 */
@NullMarked
package sluice.engine.sibling;

import org.jspecify.annotations.NullMarked;
