/**
 * Who may download from us: pure decisions over value snapshots of all peers of a torrent, one
 * every ten seconds. The caller carries them out and keeps the only state: since when each peer is
 * choked or unchoked, and who has the optimistic slot. Any thread.
 */
@NullMarked
package sluice.engine.choke;

import org.jspecify.annotations.NullMarked;
