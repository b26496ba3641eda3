/**
 * The factory of the network ports. One {@link sluice.transport.Transport} is one event loop thread
 * with everything that is registered on it; it may be opened and closed from any thread.
 */
@NullMarked
package sluice.transport;

import org.jspecify.annotations.NullMarked;
