/**
 * Several trackers that know the same peers. Each holds all swarms in its own memory and answers
 * from it; what is announced to one is told to the others in batches through a stream of Redis.
 * Announces never wait for Redis, and when it is away each tracker goes on with what it knows.
 */
@NullMarked
package sluice.tracker.cluster;

import org.jspecify.annotations.NullMarked;
