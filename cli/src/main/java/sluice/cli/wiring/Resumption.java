package sluice.cli.wiring;

import java.util.List;
import java.util.Optional;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.HostPort;

/**
 * How torrents of a state folder run this time.
 *
 * @param download false: only the data that are there are given to others
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param webSeeds URLs beside those of the torrents; empty: no web seed is used at all
 */
public record Resumption(
    boolean download, boolean trackers, List<HostPort> peers, Optional<List<String>> webSeeds) {
  /** As they would by themselves. */
  static final Resumption UNCHANGED = new Resumption(true, true, List.of(), Optional.of(List.of()));

  public Resumption {
    peers = List.copyOf(peers);
    webSeeds = webSeeds.map(List::copyOf);
  }

  TorrentSpec applied(TorrentSpec spec) {
    return new TorrentSpec(
            spec.hashes(),
            spec.source(),
            spec.running(),
            spec.download() && download,
            spec.trackers() && trackers,
            peers,
            spec.downBytesPerSecond(),
            spec.upBytesPerSecond())
        .picking(spec.picking())
        .webSeeds(webSeeds);
  }
}
