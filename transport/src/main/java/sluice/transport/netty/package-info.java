/**
 * Loop, streams and datagrams on Netty. Everything runs on the loop's one thread, no handler is
 * called from within a call of its user, and every hold on a block that was handed over is released
 * exactly once.
 */
@NullMarked
package sluice.transport.netty;

import org.jspecify.annotations.NullMarked;
