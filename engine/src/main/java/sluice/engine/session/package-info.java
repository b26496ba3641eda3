/** The facade of the engine: what programs call, and the values that they get back. */
@NullMarked
package sluice.engine.session;

import org.jspecify.annotations.NullMarked;
