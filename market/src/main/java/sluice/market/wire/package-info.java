/**
 * The payment extension on the wire: its key of the extension handshake and its messages, each one
 * bencoded dictionary (BEP 10). Bytes of a peer become values or a {@link
 * sluice.protocol.wire.ProtocolException}; every length has a limit that is checked before memory
 * is taken. Pure, any thread.
 */
@NullMarked
package sluice.market.wire;

import org.jspecify.annotations.NullMarked;
