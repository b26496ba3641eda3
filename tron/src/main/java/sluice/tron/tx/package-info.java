/**
 * Transfers of TRX and TRC-10 tokens: built, signed, read and verified. Bytes of others are
 * protobuf, whose parser has limits of its own; what is larger than a transfer is none. Pure, any
 * thread.
 */
@NullMarked
package sluice.tron.tx;

import org.jspecify.annotations.NullMarked;
