package sluice.engine.policy;

/**
 * How many connections with peers there may be.
 *
 * @param session of all torrents together, those included that are being dialled
 * @param halfOpen that are being dialled
 * @param perTorrent of one torrent
 * @param perAddress with one IPv4 address or one IPv6 /64; loopback is not limited
 */
public record PeerLimits(int session, int halfOpen, int perTorrent, int perAddress) {
  /** Connections with one address, unless it is said otherwise: many users may share one. */
  public static final int PER_ADDRESS = 64;

  public PeerLimits {
    if (session < 0 || halfOpen < 0 || perTorrent < 0 || perAddress < 1) {
      throw new IllegalArgumentException("a limit is negative, or no address may connect");
    }
  }
}
