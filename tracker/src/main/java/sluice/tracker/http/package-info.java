/**
 * The tracker by HTTP (BEP 3, 7, 21, 23, 24, 31, 48). {@link sluice.tracker.http.HttpResponder}
 * turns requests into answers without sockets; the rest is Netty. What belongs to a connection is
 * used by its loop only.
 */
@NullMarked
package sluice.tracker.http;

import org.jspecify.annotations.NullMarked;
