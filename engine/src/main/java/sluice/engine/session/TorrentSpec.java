package sluice.engine.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import sluice.engine.pick.PickOptions;
import sluice.engine.port.Storage;
import sluice.engine.rate.PeerRate;
import sluice.engine.rate.TorrentLimits;
import sluice.engine.torrent.TorrentOptions;
import sluice.protocol.address.HostPort;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * A torrent to be added.
 *
 * @param hashes its identity
 * @param source brings its metadata and data whenever it begins to run
 * @param running false: only registered until it is started
 * @param download false: only seed the pieces that are there
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 * @param downBytesPerSecond receive limit of the torrent; 0 for none
 * @param upBytesPerSecond send limit of the torrent; 0 for none
 * @param webSeeds URLs beside those of the torrent (BEP 19); empty: no web seed is used at all
 * @param picking what is wanted and in which order
 * @param terms on which it takes part in the session
 */
public record TorrentSpec(
    InfoHashes hashes,
    TorrentSource source,
    boolean running,
    boolean download,
    boolean trackers,
    List<HostPort> peers,
    long downBytesPerSecond,
    long upBytesPerSecond,
    Optional<List<String>> webSeeds,
    PickOptions picking,
    Terms terms) {

  public TorrentSpec {
    peers = List.copyOf(peers);
    webSeeds = webSeeds.map(List::copyOf);
  }

  /** A torrent that uses its own web seeds; everything is wanted, rarest first. */
  public TorrentSpec(
      InfoHashes hashes,
      TorrentSource source,
      boolean running,
      boolean download,
      boolean trackers,
      List<HostPort> peers,
      long downBytesPerSecond,
      long upBytesPerSecond) {
    this(
        hashes,
        source,
        running,
        download,
        trackers,
        peers,
        downBytesPerSecond,
        upBytesPerSecond,
        Optional.of(List.of()),
        PickOptions.DEFAULT,
        Terms.DEFAULT);
  }

  /** The same with web seeds beside those of the torrent; empty: not even those are used. */
  public TorrentSpec webSeeds(Optional<List<String>> urls) {
    return changed(hashes, source, downBytesPerSecond, upBytesPerSecond, urls, picking, terms);
  }

  /** The same with other wishes. */
  public TorrentSpec picking(PickOptions options) {
    return changed(hashes, source, downBytesPerSecond, upBytesPerSecond, webSeeds, options, terms);
  }

  /** The same on other terms. */
  public TorrentSpec terms(Terms changed) {
    return changed(
        hashes, source, downBytesPerSecond, upBytesPerSecond, webSeeds, picking, changed);
  }

  /** The limits of its rate that {@link #terms} and the spec say together. */
  TorrentLimits limits() {
    PeerRate each = terms.peerRate();
    return new TorrentLimits(
        downBytesPerSecond,
        upBytesPerSecond,
        each.down(),
        each.up(),
        terms.bandwidthClass(),
        terms.rank());
  }

  /** The same with other limits of its rate; 0 for none. */
  public TorrentSpec limits(long down, long up) {
    return changed(hashes, source, down, up, webSeeds, picking, terms);
  }

  /**
   * Download, then seed, with trackers and without limits.
   *
   * @param storage opens the torrent's data anew, without blocking; the engine closes it
   */
  public static TorrentSpec of(Metainfo metainfo, Supplier<Storage> storage) {
    return new TorrentSpec(
        metainfo.info().hashes(),
        TorrentSource.of(metainfo, storage),
        true,
        true,
        true,
        List.of(),
        0,
        0);
  }

  /** The same for a torrent of which only {@code magnet} is known. */
  public static TorrentSpec of(Magnet magnet, Function<Metainfo, Storage> storage) {
    return new TorrentSpec(
        magnet.hashes(), new MagnetSource(magnet, storage), true, true, true, List.of(), 0, 0);
  }

  /** How a run of it is to be, by a session with these settings. */
  TorrentOptions options(int usualSlots, boolean durable) {
    return new TorrentOptions(
        download(),
        trackers(),
        peers(),
        limits(),
        terms().mostPeers(),
        terms().slots(usualSlots),
        webSeeds(),
        durable,
        picking());
  }

  /** The same when its metadata are known. */
  TorrentSpec with(InfoHashes known, TorrentSource opened) {
    return changed(known, opened, downBytesPerSecond, upBytesPerSecond, webSeeds, picking, terms);
  }

  private TorrentSpec changed(
      InfoHashes known,
      TorrentSource opened,
      long down,
      long up,
      Optional<List<String>> urls,
      PickOptions options,
      Terms changedTerms) {
    return new TorrentSpec(
        known, opened, running, download, trackers, peers, down, up, urls, options, changedTerms);
  }
}
