package sluice.cli.wiring;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;

/**
 * How torrents of a state folder run this time.
 *
 * @param download false: only the data that are there are given to others
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param webSeeds URLs beside those of the torrents; empty: no web seed is used at all
 * @param named hashes of those that are to download even if they were only seeded before
 */
public record Resumption(
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    Optional<List<String>> webSeeds,
    Collection<Hash> named) {
  /** As they would by themselves. */
  static final Resumption UNCHANGED =
      new Resumption(true, true, List.of(), Optional.of(List.of()), List.of());

  public Resumption {
    peers = List.copyOf(peers);
    webSeeds = webSeeds.map(List::copyOf);
    named = Set.copyOf(named);
  }

  /** {@code spec} as it is to run this time. */
  TorrentSpec applied(TorrentSpec spec) {
    return new TorrentSpec(
        spec.hashes(),
        spec.source(),
        spec.running(),
        download && (spec.download() || isNamed(spec)),
        spec.trackers() && trackers,
        peers,
        spec.downBytesPerSecond(),
        spec.upBytesPerSecond(),
        webSeeds,
        spec.picking(),
        spec.terms());
  }

  /** The same when these torrents are named once more, so that they are to download. */
  Resumption naming(Collection<Hash> torrents) {
    return new Resumption(download, trackers, peers, webSeeds, torrents);
  }

  private boolean isNamed(TorrentSpec spec) {
    return spec.hashes().wire().stream().anyMatch(named::contains);
  }
}
