/** One class for each command: its options, and what it does with them. Runs on the main thread. */
@NullMarked
package sluice.cli.command;

import org.jspecify.annotations.NullMarked;
