package sluice.cli.transfer;

import java.nio.file.Path;
import java.util.List;
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
 */
public record Item(
    Metainfo metainfo, Path folder, boolean download, boolean trackers, List<HostPort> peers) {

  public Item {
    peers = List.copyOf(peers);
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

  boolean hasSources() {
    return usesTrackers() || !peers.isEmpty();
  }
}
