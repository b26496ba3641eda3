/**
 * uTP (BEP 29): connections as state machines that take packets and times and give packets and
 * bytes, and what joins them to a datagram socket. Everything a peer can fill is bounded. Thread:
 * the loop of the socket.
 */
@NullMarked
package sluice.engine.utp;

import org.jspecify.annotations.NullMarked;
