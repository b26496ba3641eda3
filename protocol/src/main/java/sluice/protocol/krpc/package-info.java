/**
 * Messages of the DHT (BEP 5, 32, 33, 42, 43, 44, 51) as values, and their rules that need no
 * state. Readers check types, lengths and limits before they keep anything. Pure, any thread.
 */
@NullMarked
package sluice.protocol.krpc;

import org.jspecify.annotations.NullMarked;
