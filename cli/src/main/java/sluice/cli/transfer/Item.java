package sluice.cli.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.cli.choice.Picking;
import sluice.cli.source.Given;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * A torrent to work on.
 *
 * @param given the torrent
 * @param folder holds or will hold its data
 * @param download whether missing data are fetched
 * @param trackers whether its trackers are used
 * @param peers to be connected at once
 * @param webSeeds URLs beside those of the torrent; empty: no web seed is used at all
 * @param picking what is wanted of it and in which order
 */
public record Item(
    Given given,
    Path folder,
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    Optional<List<String>> webSeeds,
    Picking picking) {

  public Item {
    peers = List.copyOf(peers);
    webSeeds = webSeeds.map(List::copyOf);
  }

  /** A torrent of which everything is wanted, without web seeds. */
  public Item(Given given, Path folder, boolean download, boolean trackers, List<HostPort> peers) {
    this(given, folder, download, trackers, peers, Optional.empty(), Picking.NONE);
  }

  /** The same with its data in the folder where it was begun. */
  Item in(Path begun) {
    return new Item(given, begun, download, trackers, peers, webSeeds, picking);
  }

  /** The torrent that has taken its place, of which nothing else is known. */
  Item ledTo(Hash torrent) {
    InfoHashes hashes = new InfoHashes(Optional.of(torrent), Optional.empty());
    Given next = new Given.Kept(hashes, given.name(), false);
    return new Item(next, folder, download, trackers, peers, webSeeds, picking);
  }

  /** Whether both are one torrent, of which one hash or both are known. */
  boolean isSame(Item other) {
    return id().wire().stream().anyMatch(other.id().wire()::contains);
  }

  /** Whether peers are to be asked for the list of files and hashes. */
  boolean lacksMetadata() {
    return switch (given) {
      case Given.TorrentFile file -> false;
      case Given.Link link -> true;
      case Given.Kept kept -> !kept.hasMetadata();
    };
  }

  /** The files that its magnet selects (BEP 53); empty if it is none, or says nothing. */
  public List<Integer> selection() {
    return given instanceof Given.Link(Magnet magnet) ? magnet.selection() : List.of();
  }

  /** Whether anything is said about what is wanted of it. */
  boolean hasWishes() {
    return !picking.isNone() || !selection().isEmpty();
  }

  /** Its identity, as far as it is known. */
  public InfoHashes id() {
    return given.hashes();
  }

  String name() {
    return given.name();
  }

  String hash() {
    return id().best().hex();
  }

  boolean usesTrackers() {
    return trackers && given.hasTrackers();
  }

  boolean usesWebSeeds() {
    return webSeeds.map(more -> !more.isEmpty() || given.hasWebSeeds()).orElse(false);
  }

  /** The file or folder that would hold the data if they had ever been there, but does not. */
  public Optional<Path> absent(Metainfo metainfo) {
    return metainfo.info().files().stream()
        .filter(FileEntry::hasData)
        .findFirst()
        .map(file -> folder.resolve(file.path().getFirst()))
        .filter(path -> !Files.exists(path));
  }

  boolean hasSources() {
    return usesTrackers() || !peers.isEmpty() || !given.peers().isEmpty() || usesWebSeeds();
  }
}
