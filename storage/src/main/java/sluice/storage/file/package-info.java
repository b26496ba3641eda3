/**
 * The files of torrents as the engine's storage port. Nothing is opened, made or written outside a
 * torrent's folder, existing data is never truncated, and a piece is written only when it is right
 * or when the caller says that it is not verified. The port is called on the loop; all work on
 * files runs on the threads of {@link sluice.storage.file.Disk}.
 */
@NullMarked
package sluice.storage.file;

import org.jspecify.annotations.NullMarked;
