package sluice.cli.wiring;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;

/**
 * How torrents of a state folder run this time. What was asked for when they were added stays, but
 * for those that are named once more.
 *
 * @param download false: only the data that are there are given to others
 * @param trackers false: announce nowhere
 * @param peers to be connected at once, too
 * @param webSeeds URLs beside those of the torrents; empty: no web seed is used at all
 * @param named hashes of those that are named once more: they download, announce and use web seeds
 *     even if they did not before
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
    boolean mine = spec.hashes().wire().stream().anyMatch(named::contains);
    Optional<List<String>> known =
        mine ? Optional.of(spec.webSeeds().orElse(List.of())) : spec.webSeeds();
    return new TorrentSpec(
        spec.hashes(),
        spec.source(),
        spec.running(),
        download && (mine || spec.download()),
        trackers && (mine || spec.trackers()),
        both(spec.peers(), peers),
        spec.downBytesPerSecond(),
        spec.upBytesPerSecond(),
        webSeeds.flatMap(more -> known.map(own -> both(own, more))),
        spec.picking(),
        spec.terms());
  }

  private static <T> List<T> both(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  /** The same when these torrents are named once more, so that they are to download. */
  Resumption naming(Collection<Hash> torrents) {
    return new Resumption(download, trackers, peers, webSeeds, torrents);
  }
}
