package sluice.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import sluice.engine.policy.ShareRule;
import sluice.engine.port.Loop;
import sluice.engine.session.Command;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.Keeper;
import sluice.engine.session.Outcome;
import sluice.engine.session.QueuePlace;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.state.StartReport;
import sluice.storage.file.Disk;

/** What a client knows of its torrents: for as long as it runs, or in a state folder. */
interface Torrents extends AutoCloseable {
  /** Those of {@code state}, or none that last. */
  static Torrents open(Optional<Path> state) {
    // Not by a method reference, which would load the store for those who keep nothing, too.
    return state.isPresent() ? KeptTorrents.open(state.get()) : new PassingTorrents();
  }

  /** Where data are and where answers go; called once, before all else. */
  void bind(Disk disk, Loop loop);

  /** Remembers progress. */
  Keeper keeper();

  /** Gives each torrent to {@code add}, which works in order; done when the last was added. */
  CompletionStage<?> each(Function<TorrentSpec, CompletionStage<Outcome>> add);

  /** Adds a torrent, for good before {@code add} has it. */
  CompletionStage<InfoHashes> add(
      byte[] torrentFile, AddOptions options, Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException;

  /** Adds a torrent with what another program knows of its data. */
  CompletionStage<InfoHashes> add(
      byte[] torrentFile,
      AddOptions options,
      Brought brought,
      Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException;

  /** Adds a torrent of which only {@code magnet} is known, for good before {@code add} has it. */
  CompletionStage<InfoHashes> add(
      Magnet magnet, AddOptions options, Function<TorrentSpec, CompletionStage<Outcome>> add);

  /** Writes down what {@code event} tells, if it has to be kept. Loop only. */
  CompletionStage<?> told(EngineEvent event);

  /** Writes down what the user wants, before it is done. */
  CompletionStage<?> record(InfoHashes torrent, Command command);

  /** Writes down when a torrent has shared enough. */
  CompletionStage<?> share(InfoHashes torrent, ShareRule rule);

  /** Writes down where torrents stand in the queue. */
  CompletionStage<?> places(Map<InfoHashes, QueuePlace> places);

  /** Writes down a setting of the session. */
  CompletionStage<?> set(String key, String text);

  /** The settings that were written down. */
  Map<String, String> settings();

  /** What is known of {@code torrent}; empty as long as it is not fetched. May read a file. */
  Optional<Metainfo> metainfo(InfoHashes torrent);

  /** What is written down of all torrents, in the order in which they came. May read files. */
  List<TorrentRecord> records();

  /** What is written down of {@code torrent}. May read files. */
  Optional<TorrentRecord> record(InfoHashes torrent);

  /** Writes down what the user calls {@code torrent}. */
  CompletionStage<?> name(InfoHashes torrent, String name);

  /** Writes down the user's labels of {@code torrent}. */
  CompletionStage<?> label(InfoHashes torrent, String category, List<String> tags);

  /** How the state was found. */
  Optional<StartReport> report();

  @Override
  void close();
}
