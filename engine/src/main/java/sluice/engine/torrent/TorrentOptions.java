package sluice.engine.torrent;

import java.util.List;
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
 */
public record TorrentOptions(
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    TorrentLimits limits,
    int maxPeers,
    int uploadSlots) {}
