/**
 * The life of one get or seed: start, watch, stop. Events come from the loop through a bounded
 * queue; all else is on the main thread.
 */
@NullMarked
package sluice.cli.transfer;

import org.jspecify.annotations.NullMarked;
