/**
 * What is said to a proxy before a connection through it can be used: SOCKS 5 (RFC 1928, 1929),
 * with the header of its datagrams, and the CONNECT of HTTP (RFC 9110). Talks are fed with bytes
 * and give bytes; no answer makes them keep more than a small, named number of them. One thread
 * each.
 */
@NullMarked
package sluice.protocol.proxy;

import org.jspecify.annotations.NullMarked;
