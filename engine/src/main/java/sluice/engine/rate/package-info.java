/**
 * Measures and limits of bytes per second: session ▸ class ▸ torrent ▸ peer. Pure: time is an
 * argument in nanoseconds. One loop owns each object; a clock that jumps gives at most one burst.
 */
@NullMarked
package sluice.engine.rate;

import org.jspecify.annotations.NullMarked;
