package sluice.protocol.krpc;

import sluice.protocol.address.Endpoint;

/** A node and where it is. */
public record NodeInfo(NodeId id, Endpoint endpoint) {}
