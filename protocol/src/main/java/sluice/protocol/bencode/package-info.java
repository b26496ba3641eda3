/**
 * Bencoding (BEP 3): one strict and one lenient reader, one canonical writer. Pure, any thread.
 */
@NullMarked
package sluice.protocol.bencode;

import org.jspecify.annotations.NullMarked;
