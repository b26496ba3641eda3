/**
 * Messages between peers (BEP 3, 6, 10, 52) and their framing. Pure; a framer belongs to one
 * connection.
 */
@NullMarked
package sluice.protocol.wire;

import org.jspecify.annotations.NullMarked;
