package sluice.tracker.swarm;

/**
 * What a store holds.
 *
 * @param swarms torrents
 * @param ipv4Peers peers that announce by IPv4
 * @param ipv6Peers peers that announce by IPv6
 * @param seeds peers of both families that have everything
 * @param bytes memory of all lists and indexes
 */
public record StoreCounts(long swarms, long ipv4Peers, long ipv6Peers, long seeds, long bytes) {
  /** Peers of both families. */
  public long peers() {
    return ipv4Peers + ipv6Peers;
  }
}
