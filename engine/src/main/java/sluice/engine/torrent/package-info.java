/** A torrent's life: holds the parts and routes events between them. Owned by one loop. */
@NullMarked
package sluice.engine.torrent;

import org.jspecify.annotations.NullMarked;
