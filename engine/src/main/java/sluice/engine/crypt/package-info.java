/**
 * Encrypted connections (MSE/PE): which ones the user wants, the handshake on a pipe, and the pipe
 * that encrypts.
 *
 * <p>Invariants: keys are worked on at a bounded rate, whoever asks; a block that is sent is never
 * changed, as others may hold it; what a handshake needs is gone when it is over. Thread: the loop.
 */
@NullMarked
package sluice.engine.crypt;

import org.jspecify.annotations.NullMarked;
