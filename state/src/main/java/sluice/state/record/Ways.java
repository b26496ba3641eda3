package sluice.state.record;

import java.util.List;

/**
 * By which ways a torrent's data come and go.
 *
 * @param download false: only what is there is given to others
 * @param trackers false: it is announced nowhere
 * @param webSeeds false: no web seed is used, not even those of the torrent
 * @param moreWebSeeds URLs beside those of the torrent
 * @param peers to be connected at once, each as {@code host:port}
 */
public record Ways(
    boolean download,
    boolean trackers,
    boolean webSeeds,
    List<String> moreWebSeeds,
    List<String> peers) {

  /** Most URLs. */
  public static final int MAX_WEB_SEEDS = 32;

  /** Longest URL. */
  public static final int MAX_URL_CHARS = 1_024;

  /** Most peers. */
  public static final int MAX_PEERS = 128;

  /** Longest address of a peer. */
  public static final int MAX_PEER_CHARS = 264;

  /** All that the torrent itself names. */
  public static final Ways ALL = new Ways(true, true, true, List.of(), List.of());

  public Ways {
    moreWebSeeds = List.copyOf(moreWebSeeds);
    peers = List.copyOf(peers);
    if (moreWebSeeds.size() > MAX_WEB_SEEDS
        || peers.size() > MAX_PEERS
        || moreWebSeeds.stream().anyMatch(u -> u.length() > MAX_URL_CHARS)
        || peers.stream().anyMatch(p -> p.length() > MAX_PEER_CHARS)) {
      throw new IllegalArgumentException("too many web seeds or peers, or one is too long");
    }
  }
}
