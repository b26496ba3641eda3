/** The one place where the engine, storage and network are put together. */
@NullMarked
package sluice.cli.wiring;

import org.jspecify.annotations.NullMarked;
