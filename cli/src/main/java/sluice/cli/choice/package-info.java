/**
 * Which files of a torrent the user wants, as written on the command line. Immutable, any thread.
 */
@NullMarked
package sluice.cli.choice;

import org.jspecify.annotations.NullMarked;
