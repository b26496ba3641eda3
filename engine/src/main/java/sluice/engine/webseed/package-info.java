/**
 * Web seeds (BEP 19): pieces by HTTP from servers that have the files of a torrent. What a server
 * sends takes the way of a peer's blocks: promised memory, hashes, bans, limits. Loop only.
 *
 * <p>Invariant: each block of a {@link sluice.engine.webseed.Fetch} that has not come is asked for
 * once in the picker on its behalf.
 */
@NullMarked
package sluice.engine.webseed;

import org.jspecify.annotations.NullMarked;
