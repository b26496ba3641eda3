/**
 * One connection to a peer: handshake, messages, requests both ways. Owned by the torrent's loop;
 * never decides what to download or whom to unchoke.
 */
@NullMarked
package sluice.engine.peer;

import org.jspecify.annotations.NullMarked;
