/**
 * What a session should do, decided from values: which torrents run, when a torrent has shared
 * enough, which profile of a schedule holds. Pure functions, any thread.
 */
@NullMarked
package sluice.engine.policy;

import org.jspecify.annotations.NullMarked;
