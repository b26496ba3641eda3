package sluice.client;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.engine.session.Command;
import sluice.engine.session.Keeper;
import sluice.engine.session.Outcome;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.state.StartReport;
import sluice.state.StateStore;
import sluice.state.fault.StateException;
import sluice.state.record.Content;
import sluice.state.record.Source;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.TorrentRow;
import sluice.state.record.Wanted;
import sluice.storage.file.Disk;

/** Torrents that are kept in a state folder. Any thread. */
final class KeptTorrents implements Torrents {
  private final StateStore store;

  /** The number of each torrent in the store. */
  private final Map<InfoHashes, Long> numbers = new ConcurrentHashMap<>();

  private @Nullable Disk disk;
  private @Nullable Loop loop;
  private @Nullable StoreKeeper keeper;

  private KeptTorrents(StateStore store) {
    this.store = store;
  }

  static KeptTorrents open(Path folder) {
    return new KeptTorrents(StateStore.open(folder));
  }

  @Override
  public void bind(Disk theirDisk, Loop theirLoop) {
    disk = theirDisk;
    loop = theirLoop;
    keeper = new StoreKeeper(store, numbers, theirLoop);
  }

  @Override
  public Keeper keeper() {
    return Objects.requireNonNull(keeper);
  }

  @Override
  public CompletionStage<?> each(Function<TorrentSpec, CompletionStage<Outcome>> add) {
    AtomicReference<CompletionStage<?>> last =
        new AtomicReference<>(completedFuture(Optional.empty()));
    store
        .reads()
        .forEachRow(row -> {
          numbers.put(row.torrent().hashes(), row.id());
          last.set(add.apply(spec(row)));
        });
    return last.get();
  }

  private TorrentSpec spec(TorrentRow row) {
    AddOptions options = AddOptions.into(Path.of(row.torrent().savePath()));
    boolean running = row.torrent().wanted() != Wanted.STOPPED;
    return Specs.of(
        row.torrent().hashes(), source(row.id()), running ? options : options.stopped());
  }

  private StoreSource source(long number) {
    return new StoreSource(
        store, number, Objects.requireNonNull(disk), Objects.requireNonNull(loop));
  }

  @Override
  public CompletionStage<InfoHashes> add(
      byte[] torrentFile, AddOptions options, Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException {
    Info info = MetainfoParser.parse(torrentFile).info();
    InfoHashes hashes = info.hashes();
    Torrent torrent =
        new Torrent(
            hashes,
            info.name(),
            new Content(info.layout().dataLength(), info.layout().pieceCount()),
            System.currentTimeMillis(),
            options.running() ? Wanted.STARTED : Wanted.STOPPED,
            0,
            options.folder().toString(),
            TorrentOptions.DEFAULT);
    return store
        .add(torrent, new Source.Metainfo(torrentFile))
        .exceptionallyCompose(failure -> Specs.refused(hashes, why(failure)).thenApply(h -> 0L))
        .thenCompose(number -> {
          numbers.put(hashes, number);
          return add.apply(Specs.of(hashes, source(number), options));
        })
        .thenCompose(outcome -> Specs.added(outcome, hashes));
  }

  private static String why(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    return cause instanceof StateException known && known.kind() == StateException.Kind.DUPLICATE
        ? "it is there already"
        : "it cannot be recorded: " + cause.getMessage();
  }

  @Override
  public CompletionStage<?> record(InfoHashes torrent, Command command) {
    Long number = numbers.get(torrent);
    if (number == null) {
      return completedFuture(Optional.empty());
    }
    return switch (command) {
      case Command.Start s -> store.want(number, Wanted.STARTED, 0);
      case Command.Stop s -> store.want(number, Wanted.STOPPED, 0);
      case Command.Recheck r -> completedFuture(Optional.empty());
      case Command.Remove r -> {
        numbers.remove(torrent);
        yield store.remove(number);
      }
    };
  }

  @Override
  public Optional<StartReport> report() {
    return Optional.of(store.start());
  }

  @Override
  public void close() {
    store.close();
  }
}
