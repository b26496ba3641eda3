/**
 * The torrents as the APIs show them: what runs, what is written down, and what changed since when.
 * Any thread that may block.
 */
@NullMarked
package sluice.daemon.shelf;

import org.jspecify.annotations.NullMarked;
