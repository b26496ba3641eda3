/**
 * Peer exchange (BEP 11): tells peers who else is connected, and hears it of them. Says only what
 * is true of connections, never more than once a minute, and nothing in private torrents. Thread:
 * the torrent's loop.
 */
@NullMarked
package sluice.engine.pex;

import org.jspecify.annotations.NullMarked;
