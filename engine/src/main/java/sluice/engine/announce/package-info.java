/**
 * Announces to trackers over HTTP and UDP (BEP 3, 7, 12, 15, 21, 31, 41): an announcer for each
 * torrent, and the trackers of a session, which share sockets. At most one announce of an info-hash
 * is under way; no secret of a tracker's address leaves this package. Thread: one loop.
 */
@NullMarked
package sluice.engine.announce;

import org.jspecify.annotations.NullMarked;
