/**
 * Asks routers to let peers in: PCP or NAT-PMP at the default routers, and UPnP gateways of the
 * local network. Mappings are renewed as long as they are wanted, and taken back at the end. What
 * is mapped is the peers' port and nothing else. Thread: the loop.
 */
@NullMarked
package sluice.engine.nat;

import org.jspecify.annotations.NullMarked;
