/**
 * Torrent files v1, v2 and hybrid as values, and all arithmetic of pieces, blocks and files. Pure, any thread.
 */
@NullMarked
package sluice.protocol.metainfo;

import org.jspecify.annotations.NullMarked;
