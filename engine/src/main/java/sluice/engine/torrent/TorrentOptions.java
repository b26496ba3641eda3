package sluice.engine.torrent;

import java.util.List;
import java.util.Optional;
import sluice.engine.pick.PickOptions;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.address.HostPort;

/**
 * How one torrent is run.
 *
 * @param download false: only serve what is there
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param limits of its rate
 * @param maxPeers connected peers
 * @param uploadSlots unchoked peers
 * @param webSeeds URLs beside those of the torrent; empty: no web seed is used, not even of those
 * @param durable data are forced to the device while the torrent runs, not only at its end
 * @param picking what is wanted and in which order
 */
public record TorrentOptions(
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    TorrentLimits limits,
    int maxPeers,
    int uploadSlots,
    Optional<List<String>> webSeeds,
    boolean durable,
    PickOptions picking) {

  /** Options of a torrent without web seeds of which everything is wanted, rarest first. */
  public TorrentOptions(
      boolean download,
      boolean trackers,
      List<HostPort> peers,
      TorrentLimits limits,
      int maxPeers,
      int uploadSlots) {
    this(
        download,
        trackers,
        peers,
        limits,
        maxPeers,
        uploadSlots,
        Optional.empty(),
        false,
        PickOptions.DEFAULT);
  }
}
