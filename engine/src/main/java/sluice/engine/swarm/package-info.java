/**
 * Peers beyond their connection: which addresses are known and when to try them, how many
 * connections there may be, and who is to be banned. Everything is bounded. Thread: the loop of the
 * torrent; budgets of several torrents share one loop.
 */
@NullMarked
package sluice.engine.swarm;

import org.jspecify.annotations.NullMarked;
