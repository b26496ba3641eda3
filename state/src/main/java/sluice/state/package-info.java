/**
 * The state of a session between runs: {@link sluice.state.StateStore}. What was acknowledged is
 * there after any crash, a damaged database is replaced by a copy or refused, and is never silently
 * taken for an empty one. Thread-safe; reads block, writes are done by one thread.
 */
@NullMarked
package sluice.state;

import org.jspecify.annotations.NullMarked;
