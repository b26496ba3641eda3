/**
 * UDP sockets that receive and send batches of datagrams: on Linux by {@code recvmmsg} and {@code
 * sendmmsg}, elsewhere one by one. A socket and its batches belong to one thread; that thread
 * blocks.
 */
@NullMarked
package sluice.udp;

import org.jspecify.annotations.NullMarked;
