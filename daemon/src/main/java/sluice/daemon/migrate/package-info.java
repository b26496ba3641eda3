/**
 * Torrents of other programs: what their state folders say, read without changing them, and the
 * same written for them. Any thread that may block.
 */
@NullMarked
package sluice.daemon.migrate;

import org.jspecify.annotations.NullMarked;
