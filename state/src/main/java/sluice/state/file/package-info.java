/**
 * The files beside the database: the lock, the reserve for a full disk, the mark of a clean end,
 * and a look at the write-ahead log before SQLite reads it. Called by the owner of the folder.
 */
@NullMarked
package sluice.state.file;

import org.jspecify.annotations.NullMarked;
