/**
 * Torrents that are made of data in the folders of the daemon: one at a time, by a thread of its
 * own. At most {@link sluice.daemon.creation.Creations#MAX} are remembered.
 */
@NullMarked
package sluice.daemon.creation;

import org.jspecify.annotations.NullMarked;
