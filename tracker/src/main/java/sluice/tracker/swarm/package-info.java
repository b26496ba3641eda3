/**
 * The swarms of a tracker: who has announced which torrent, in memory outside of the heap. Pure:
 * time is given in seconds, chance as random bits. A shard is used by one thread at a time; {@link
 * sluice.tracker.swarm.SwarmStore} sees to that.
 */
@NullMarked
package sluice.tracker.swarm;

import org.jspecify.annotations.NullMarked;
