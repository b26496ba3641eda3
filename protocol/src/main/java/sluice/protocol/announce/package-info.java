/**
 * Codecs of HTTP and UDP tracker announces and scrapes (BEP 3, 7, 15, 23, 24, 31, 41, 48). Pure,
 * any thread.
 */
@NullMarked
package sluice.protocol.announce;

import org.jspecify.annotations.NullMarked;
