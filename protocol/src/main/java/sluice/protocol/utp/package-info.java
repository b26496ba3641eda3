/** Packets of uTP (BEP 29) to values and back. Pure, any thread; input is bounded by a datagram. */
@NullMarked
package sluice.protocol.utp;

import org.jspecify.annotations.NullMarked;
