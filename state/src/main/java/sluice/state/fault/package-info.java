/**
 * What can go wrong with the state: the exception that says so, and points at which a test stops
 * the program. Immutable; any thread.
 */
@NullMarked
package sluice.state.fault;

import org.jspecify.annotations.NullMarked;
