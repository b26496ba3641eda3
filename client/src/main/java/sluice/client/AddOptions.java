package sluice.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.engine.pick.FileChoice;
import sluice.engine.pick.PickOptions;
import sluice.engine.session.Terms;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.Info;

/**
 * How a torrent is added.
 *
 * @param folder holds or will hold its data
 * @param running false: only registered until it is started
 * @param download false: only the data that are there are given to others
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param webSeeds URLs beside those of the torrent; empty: no web seed is used at all
 * @param downBytesPerSecond receive limit of the torrent; 0 for none
 * @param upBytesPerSecond send limit of the torrent; 0 for none
 * @param picking what is wanted and in which order
 * @param terms its place in the queue and when it has shared enough
 * @param choice of files, made when they are known, instead of that in {@code picking}
 */
public record AddOptions(
    Path folder,
    boolean running,
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    Optional<List<String>> webSeeds,
    long downBytesPerSecond,
    long upBytesPerSecond,
    PickOptions picking,
    Terms terms,
    Optional<FileChoice> choice) {

  public AddOptions {
    folder = folder.toAbsolutePath().normalize();
    peers = List.copyOf(peers);
    webSeeds = webSeeds.map(List::copyOf);
  }

  /** Download into {@code folder} at once, then seed. */
  public static AddOptions into(Path folder) {
    return new AddOptions(
        folder,
        true,
        true,
        true,
        List.of(),
        Optional.of(List.of()),
        0,
        0,
        PickOptions.DEFAULT,
        Terms.DEFAULT,
        Optional.empty());
  }

  /** The same with peers to be connected at once. */
  public AddOptions peers(List<HostPort> named) {
    return copy(running, download, trackers, named, webSeeds);
  }

  /** The same without announces. */
  public AddOptions withoutTrackers() {
    return copy(running, download, false, peers, webSeeds);
  }

  /** The same, registered only. */
  public AddOptions stopped() {
    return copy(false, download, trackers, peers, webSeeds);
  }

  /** The same, giving only what is there. */
  public AddOptions withoutDownload() {
    return copy(running, false, trackers, peers, webSeeds);
  }

  /** The same with web seeds beside those of the torrent; empty: not even those are used. */
  public AddOptions webSeeds(Optional<List<String>> urls) {
    return copy(running, download, trackers, peers, urls);
  }

  /** The same with limits in bytes per second; 0 for none. */
  public AddOptions limits(long down, long up) {
    return new AddOptions(
        folder, running, download, trackers, peers, webSeeds, down, up, picking, terms, choice);
  }

  /** The same with other wishes. */
  public AddOptions picking(PickOptions options) {
    return new AddOptions(
        folder,
        running,
        download,
        trackers,
        peers,
        webSeeds,
        downBytesPerSecond,
        upBytesPerSecond,
        options,
        terms,
        choice);
  }

  /** The same on other terms. */
  public AddOptions terms(Terms other) {
    return new AddOptions(
        folder,
        running,
        download,
        trackers,
        peers,
        webSeeds,
        downBytesPerSecond,
        upBytesPerSecond,
        picking,
        other,
        choice);
  }

  /** The same with a choice of files that is made when the files are known. */
  public AddOptions choosing(FileChoice files) {
    return new AddOptions(
        folder,
        running,
        download,
        trackers,
        peers,
        webSeeds,
        downBytesPerSecond,
        upBytesPerSecond,
        picking,
        terms,
        Optional.of(files));
  }

  /** The same for a torrent that is known. */
  AddOptions of(Info info) {
    return choice
        .map(c ->
            new PickOptions(
                c.of(info), picking.sequential(), picking.ends(), picking.superSeeding()))
        .map(this::picking)
        .orElse(this);
  }

  private AddOptions copy(
      boolean nowRunning,
      boolean nowDownload,
      boolean nowTrackers,
      List<HostPort> nowPeers,
      Optional<List<String>> nowWebSeeds) {
    return new AddOptions(
        folder,
        nowRunning,
        nowDownload,
        nowTrackers,
        nowPeers,
        nowWebSeeds,
        downBytesPerSecond,
        upBytesPerSecond,
        picking,
        terms,
        choice);
  }
}
