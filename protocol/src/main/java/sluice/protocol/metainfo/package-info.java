/**
 * Torrent files v1, v2 and hybrid as values, how they are read and made, and all arithmetic of
 * pieces, blocks and files. The info-hash is over the raw bytes; every path of a {@link
 * sluice.protocol.metainfo.FileEntry} that was read is safe below a folder and unique; work and
 * memory are linear in the input. Values are immutable, any thread; builders belong to one thread.
 */
@NullMarked
package sluice.protocol.metainfo;

import org.jspecify.annotations.NullMarked;
