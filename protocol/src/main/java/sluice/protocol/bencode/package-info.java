/**
 * Bencoding (BEP 3): one strict and one lenient reader, one canonical writer. Values are immutable
 * slices of the input, which the caller must not change; no length is believed before its bytes are
 * seen. Pure, any thread; a reader or writer in use belongs to one thread.
 */
@NullMarked
package sluice.protocol.bencode;

import org.jspecify.annotations.NullMarked;
