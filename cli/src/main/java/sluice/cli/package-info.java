/** The program's entry, exit codes and errors. Runs on the main thread. */
@NullMarked
package sluice.cli;

import org.jspecify.annotations.NullMarked;
