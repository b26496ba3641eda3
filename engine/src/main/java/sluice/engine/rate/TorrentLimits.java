package sluice.engine.rate;

/**
 * The limits of one torrent, in bytes per second; 0 for none.
 *
 * @param down of the torrent
 * @param up of the torrent
 * @param peerDown of each of its peers
 * @param peerUp of each of its peers
 * @param bandwidthClass name of its class, or {@link BandwidthPlan#ORDINARY}
 * @param rank in its class
 */
public record TorrentLimits(
    long down, long up, long peerDown, long peerUp, String bandwidthClass, Rank rank) {
  public TorrentLimits {
    if (down < 0 || up < 0 || peerDown < 0 || peerUp < 0) {
      throw new IllegalArgumentException("negative limit");
    }
  }

  /** Limits of the torrent alone, in the ordinary class. */
  public static TorrentLimits of(long down, long up) {
    return new TorrentLimits(down, up, 0, 0, BandwidthPlan.ORDINARY, Rank.NORMAL);
  }

  /** The same in another class. */
  public TorrentLimits in(String className) {
    return new TorrentLimits(down, up, peerDown, peerUp, className, rank);
  }

  /** The same with another rank. */
  public TorrentLimits rank(Rank changed) {
    return new TorrentLimits(down, up, peerDown, peerUp, bandwidthClass, changed);
  }

  long peer(Direction direction) {
    return direction == Direction.DOWN ? peerDown : peerUp;
  }
}
