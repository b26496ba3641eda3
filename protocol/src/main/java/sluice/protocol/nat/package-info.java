/**
 * What is said to a router so that it lets peers in: NAT-PMP (RFC 6886), PCP (RFC 6887), and the
 * parts of UPnP that find a gateway and map a port. The reader of XML knows no declarations and no
 * entities but the five of XML itself, and reads no more than is named. Any thread.
 */
@NullMarked
package sluice.protocol.nat;

import org.jspecify.annotations.NullMarked;
