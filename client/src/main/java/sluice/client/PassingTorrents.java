package sluice.client;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.engine.policy.ShareRule;
import sluice.engine.port.Loop;
import sluice.engine.session.Command;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.Keeper;
import sluice.engine.session.MagnetSource;
import sluice.engine.session.Outcome;
import sluice.engine.session.QueuePlace;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.state.StartReport;
import sluice.storage.file.Disk;

/** Torrents that are forgotten when the client ends. */
final class PassingTorrents implements Torrents {
  private final PassingKeeper keeper = new PassingKeeper(Keeper.inMemory());
  private final Map<InfoHashes, Metainfo> known = new ConcurrentHashMap<>();
  private @Nullable Disk disk;
  private @Nullable Loop loop;

  @Override
  public void bind(Disk theirDisk, Loop theirLoop) {
    disk = theirDisk;
    loop = theirLoop;
  }

  @Override
  public Keeper keeper() {
    return keeper;
  }

  @Override
  public CompletionStage<?> each(Function<TorrentSpec, CompletionStage<Outcome>> add) {
    return completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<InfoHashes> add(
      byte[] torrentFile, AddOptions options, Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException {
    Metainfo metainfo = MetainfoParser.parse(torrentFile);
    Info info = metainfo.info();
    Disk onDisk = Objects.requireNonNull(disk);
    Loop onLoop = Objects.requireNonNull(loop);
    TorrentSource source =
        TorrentSource.of(
            metainfo, () -> onDisk.open(info, keeper.place(info.hashes(), options), onLoop));
    TorrentSpec spec = Specs.of(info.hashes(), source, options.of(info));
    return add.apply(spec)
        .thenCompose(outcome -> Specs.added(outcome, info.hashes()))
        .whenComplete((hashes, failure) -> {
          if (failure == null) {
            known.put(hashes, metainfo);
          }
        });
  }

  /** What was known is found out again. */
  @Override
  public CompletionStage<InfoHashes> add(
      byte[] torrentFile,
      AddOptions options,
      Brought brought,
      Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException {
    return add(torrentFile, options, add);
  }

  @Override
  public CompletionStage<InfoHashes> add(
      Magnet magnet, AddOptions options, Function<TorrentSpec, CompletionStage<Outcome>> add) {
    Disk onDisk = Objects.requireNonNull(disk);
    Loop onLoop = Objects.requireNonNull(loop);
    TorrentSource source =
        new MagnetSource(
            magnet,
            metainfo -> {
              Info info = metainfo.info();
              return onDisk.open(info, keeper.place(info.hashes(), options), onLoop);
            },
            Optional.empty(),
            options.choice());
    return add.apply(Specs.of(magnet.hashes(), source, options))
        .thenCompose(outcome -> Specs.added(outcome, magnet.hashes()));
  }

  @Override
  public CompletionStage<?> told(EngineEvent event) {
    switch (event) {
      case EngineEvent.MetadataReceived(var before, var metainfo, var selection) ->
          known.put(metainfo.info().hashes(), metainfo);
      case EngineEvent.Removed(var torrent) -> known.remove(torrent);
      default -> {}
    }
    return completedFuture(Optional.empty());
  }

  @Override
  public Optional<Metainfo> metainfo(InfoHashes torrent) {
    return Optional.ofNullable(known.get(torrent));
  }

  @Override
  public CompletionStage<?> record(InfoHashes torrent, Command command) {
    return completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<?> share(InfoHashes torrent, ShareRule rule) {
    return completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<?> places(Map<InfoHashes, QueuePlace> places) {
    return completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<?> set(String key, String text) {
    return completedFuture(Optional.empty());
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public List<TorrentRecord> records() {
    return List.of();
  }

  @Override
  public Optional<TorrentRecord> record(InfoHashes torrent) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<?> name(InfoHashes torrent, String name) {
    return completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<?> label(InfoHashes torrent, String category, List<String> tags) {
    return completedFuture(Optional.empty());
  }

  @Override
  public Optional<StartReport> report() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
