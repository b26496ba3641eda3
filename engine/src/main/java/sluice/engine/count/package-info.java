/** How often things have happened in a session. Loop only. */
@NullMarked
package sluice.engine.count;

import org.jspecify.annotations.NullMarked;
