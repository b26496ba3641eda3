/**
 * Ways through proxies: SOCKS 5 for streams and datagrams, HTTP for streams. What is to go through
 * a proxy goes nowhere else: when the proxy is away there is a fault, and names are the proxy's to
 * resolve. Thread: the loop.
 */
@NullMarked
package sluice.transport.proxy;

import org.jspecify.annotations.NullMarked;
