/**
 * Hashes of pieces: verification of what came, and the making of torrents from files on disk. A
 * hasher belongs to one worker; a maker blocks the thread that calls it.
 */
@NullMarked
package sluice.storage.hashing;

import org.jspecify.annotations.NullMarked;
