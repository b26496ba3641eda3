/**
 * The tracker by UDP (BEP 15, 41). {@link sluice.tracker.udp.UdpResponder} turns datagrams into
 * replies without sockets and clocks; {@link sluice.tracker.udp.UdpServer} has the threads, one for
 * each socket.
 */
@NullMarked
package sluice.tracker.udp;

import org.jspecify.annotations.NullMarked;
