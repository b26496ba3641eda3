package sluice.engine.rate;

import sluice.protocol.address.IpNetwork;

/**
 * Peers at some addresses belong to a class of bandwidth, whatever that of their torrent.
 *
 * @param network of the peers
 * @param bandwidthClass name of the class; while there is none of that name it is the ordinary one
 */
public record PeerClass(IpNetwork network, String bandwidthClass) {
  /** Most rules of a session; each new connection is compared with all of them. */
  public static final int MAX_RULES = 1_000;
}
