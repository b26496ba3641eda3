package sluice.cli.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * A torrent to work on.
 *
 * @param metainfo the torrent
 * @param folder holds or will hold its data
 * @param download whether missing data are fetched
 * @param trackers whether its trackers are used
 * @param peers to be connected at once
 * @param webSeeds URLs beside those of the torrent; empty: no web seed is used at all
 */
public record Item(
    Metainfo metainfo,
    Path folder,
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    Optional<List<String>> webSeeds) {

  public Item {
    peers = List.copyOf(peers);
    webSeeds = webSeeds.map(List::copyOf);
  }

  /** A torrent without web seeds. */
  public Item(
      Metainfo metainfo, Path folder, boolean download, boolean trackers, List<HostPort> peers) {
    this(metainfo, folder, download, trackers, peers, Optional.empty());
  }

  InfoHashes id() {
    return metainfo.info().hashes();
  }

  String name() {
    return metainfo.info().name();
  }

  String hash() {
    return id().best().hex();
  }

  boolean usesTrackers() {
    return trackers && !metainfo.trackers().isEmpty();
  }

  boolean usesWebSeeds() {
    return webSeeds.map(more -> !more.isEmpty() || !metainfo.webSeeds().isEmpty()).orElse(false);
  }

  boolean hasSources() {
    return usesTrackers() || !peers.isEmpty() || usesWebSeeds();
  }
}
