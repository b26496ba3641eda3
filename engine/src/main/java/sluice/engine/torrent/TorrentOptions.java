package sluice.engine.torrent;

import java.util.List;
import sluice.protocol.address.HostPort;

/**
 * How one torrent is run.
 *
 * @param download false: only serve what is there
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param downBytesPerSecond receive limit; 0 for none
 * @param upBytesPerSecond send limit; 0 for none
 * @param maxPeers connected peers
 * @param uploadSlots unchoked peers
 */
public record TorrentOptions(
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    long downBytesPerSecond,
    long upBytesPerSecond,
    int maxPeers,
    int uploadSlots) {}
