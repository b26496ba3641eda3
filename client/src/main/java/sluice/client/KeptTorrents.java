package sluice.client;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
import sluice.engine.torrent.Done;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.magnet.MagnetParser;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.state.StartReport;
import sluice.state.StateStore;
import sluice.state.fault.FaultPoint;
import sluice.state.fault.StateException;
import sluice.state.record.Content;
import sluice.state.record.FilePriorities;
import sluice.state.record.Setting;
import sluice.state.record.Source;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentRow;
import sluice.state.record.Wanted;
import sluice.storage.file.Disk;
import sluice.storage.file.Place;

/** Torrents that are kept in a state folder. Any thread. */
final class KeptTorrents implements Torrents {
  private final StateStore store;

  /** The number of each torrent in the store. */
  private final Map<InfoHashes, Long> numbers = new ConcurrentHashMap<>();

  private final KeptMetadata metadata;
  private final KeptRecords records;
  private final KeptWishes wishes;

  /** The last place in the queue. */
  private final AtomicLong lastOrder = new AtomicLong();

  private @Nullable Disk disk;
  private @Nullable Loop loop;
  private @Nullable StoreKeeper keeper;

  private KeptTorrents(StateStore store) {
    this.store = store;
    this.metadata = new KeptMetadata(store);
    this.records = new KeptRecords(store, numbers);
    this.wishes = new KeptWishes(store, metadata, numbers);
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
    Map<Long, FilePriorities> priorities = new HashMap<>();
    store.reads().forEachPriorities(priorities::put);
    Map<Long, Command.Files> unfinished = new HashMap<>();
    store.reads().forEachChange((id, c) -> unfinished.put(id, KeptChanges.command(c)));
    store
        .reads()
        .forEachRow(row -> {
          numbers.put(row.torrent().hashes(), row.id());
          lastOrder.accumulateAndGet(row.torrent().queueOrder(), Math::max);
          FilePriorities files = priorities.getOrDefault(row.id(), FilePriorities.ORDINARY);
          Optional<Command.Files> change = Optional.ofNullable(unfinished.get(row.id()));
          last.set(add.apply(spec(row, files, change)));
        });
    return last.get();
  }

  private TorrentSpec spec(
      TorrentRow row, FilePriorities files, Optional<Command.Files> unfinished) {
    Torrent torrent = row.torrent();
    AddOptions options = KeptOptions.of(torrent, files);
    TorrentSource source =
        torrent.content().isKnown()
            ? source(row.id(), Optional.of(summary(row, isClean())), unfinished)
            : magnet(row.id(), options);
    return Specs.of(torrent.hashes(), source, options);
  }

  /** The magnet {@code number}; if it cannot be read, a source that says so when it is to run. */
  private TorrentSource magnet(long number, AddOptions options) {
    Source source = store.reads().source(number).orElse(null);
    try {
      return source instanceof Source.MagnetLink(String uri)
          ? source(number, MagnetParser.parse(uri), options)
          : source(number);
    } catch (MagnetException e) {
      return source(number);
    }
  }

  private MagnetSource source(long number, Magnet magnet, AddOptions options) {
    Place place = options.place();
    Disk onDisk = Objects.requireNonNull(disk);
    Loop onLoop = Objects.requireNonNull(loop);
    return new MagnetSource(
        magnet,
        metainfo -> onDisk.open(metainfo.info(), place, onLoop),
        Optional.of(source(number)),
        options.choice());
  }

  private boolean isClean() {
    return store.start().kind() == StartReport.Kind.CLEAN;
  }

  private static StoreSource.Summary summary(TorrentRow row, boolean clean) {
    return new StoreSource.Summary(
        row.torrent().content().pieces(),
        row.torrent().content().sizeBytes(),
        new Done(row.progress().donePieces(), row.progress().doneBytes()),
        Records.totals(row.counters()),
        clean);
  }

  private StoreSource source(long number) {
    return source(number, Optional.empty(), Optional.empty());
  }

  private StoreSource source(
      long number, Optional<StoreSource.Summary> summary, Optional<Command.Files> unfinished) {
    return new StoreSource(
        store,
        number,
        summary,
        unfinished,
        Objects.requireNonNull(disk),
        Objects.requireNonNull(loop));
  }

  @Override
  public CompletionStage<InfoHashes> add(
      byte[] torrentFile, AddOptions options, Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException {
    return add(torrentFile, options, Optional.empty(), add);
  }

  @Override
  public CompletionStage<InfoHashes> add(
      byte[] torrentFile,
      AddOptions options,
      Brought brought,
      Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException {
    return add(torrentFile, options, Optional.of(brought), add);
  }

  private CompletionStage<InfoHashes> add(
      byte[] torrentFile,
      AddOptions wanted,
      Optional<Brought> brought,
      Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException {
    Info info = MetainfoParser.parse(torrentFile).info();
    AddOptions options = placed(wanted.of(info));
    InfoHashes hashes = info.hashes();
    Torrent torrent = torrent(hashes, info.name(), KeptMetadata.content(info), options);
    KeptBrought record =
        new KeptBrought(
            store,
            Objects.requireNonNull(keeper),
            Objects.requireNonNull(disk),
            Objects.requireNonNull(loop));
    return add(
        brought.map(b -> KeptBrought.dated(torrent, b)).orElse(torrent),
        new Source.Metainfo(torrentFile),
        options,
        number ->
            brought
                .map(b -> record.record(number, info, options, b).thenApply(kept -> fresh(number)))
                .orElseGet(() -> completedFuture(source(number)))
                .thenCompose(source -> add.apply(Specs.of(hashes, source, options))));
  }

  /** A torrent that was just brought: it is listed with what it has, and looked at all the same. */
  private StoreSource fresh(long number) {
    return source(
        number, store.reads().row(number).map(row -> summary(row, false)), Optional.empty());
  }

  @Override
  public CompletionStage<InfoHashes> add(
      Magnet magnet, AddOptions wanted, Function<TorrentSpec, CompletionStage<Outcome>> add) {
    AddOptions options = placed(wanted);
    InfoHashes hashes = magnet.hashes();
    String name = magnet.name().orElse(hashes.best().hex());
    return add(
        torrent(hashes, name, Content.UNKNOWN, options),
        new Source.MagnetLink(magnet.toUri()),
        options,
        number -> add.apply(Specs.of(hashes, source(number, magnet, options), options)));
  }

  /** The same at the end of the queue, unless it says where. */
  private AddOptions placed(AddOptions options) {
    QueuePlace last = new QueuePlace(lastOrder.addAndGet(QueuePlace.STEP), false);
    return options.terms(options.terms().place(options.terms().place().orElse(last)));
  }

  private static Torrent torrent(
      InfoHashes hashes, String name, Content content, AddOptions options) {
    QueuePlace place = options.terms().place().orElse(new QueuePlace(0, false));
    return new Torrent(
        hashes,
        name,
        content,
        System.currentTimeMillis(),
        options.running() ? place.forced() ? Wanted.FORCED : Wanted.STARTED : Wanted.STOPPED,
        place.order(),
        options.folder().toString(),
        KeptOptions.record(options));
  }

  private CompletionStage<InfoHashes> add(
      Torrent torrent,
      Source source,
      AddOptions options,
      Function<Long, CompletionStage<Outcome>> add) {
    InfoHashes hashes = torrent.hashes();
    return stored(torrent, source, KeptOptions.priorities(options.picking().files()))
        .exceptionallyCompose(failure -> Specs.refused(hashes, why(failure)).thenApply(h -> 0L))
        .thenCompose(number -> {
          FaultPoint.pass("client-added");
          numbers.put(hashes, number);
          return add.apply(number);
        })
        .thenCompose(outcome -> Specs.added(outcome, hashes));
  }

  private CompletionStage<Long> stored(Torrent torrent, Source source, FilePriorities priorities) {
    try {
      return store.add(torrent, source, priorities);
    } catch (StateException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletionStage<?> told(EngineEvent event) {
    return switch (event) {
      case EngineEvent.MetadataReceived(var before, var metainfo, var files) -> {
        Long number = numbers.remove(before);
        if (number == null) {
          yield completedFuture(Optional.empty());
        }
        numbers.put(metainfo.info().hashes(), number);
        yield metadata.fetched(number, metainfo, files);
      }
      case EngineEvent.LayersCame(var torrent, var layers) -> {
        Long number = numbers.get(torrent);
        yield number == null ? completedFuture(Optional.empty()) : metadata.layers(number, layers);
      }
      case EngineEvent.SharedEnough(var torrent, var action) ->
          switch (action) {
            case STOP -> record(torrent, new Command.Stop());
            case REMOVE -> record(torrent, new Command.Remove());
            case REMOVE_WITH_DATA -> record(torrent, new Command.Erase());
            case SUPER_SEED -> record(torrent, new Command.SuperSeed(true));
          };
      default -> completedFuture(Optional.empty());
    };
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
    return wishes.record(torrent, command);
  }

  @Override
  public CompletionStage<?> share(InfoHashes torrent, ShareRule rule) {
    Long number = numbers.get(torrent);
    return number == null
        ? completedFuture(Optional.empty())
        : store.changeOptions(number, o -> o.withShareLimits(KeptTerms.record(rule)));
  }

  @Override
  public CompletionStage<?> places(Map<InfoHashes, QueuePlace> places) {
    CompletionStage<?> last = completedFuture(Optional.empty());
    for (Map.Entry<InfoHashes, QueuePlace> each : places.entrySet()) {
      Long number = numbers.get(each.getKey());
      long order = each.getValue().order();
      lastOrder.accumulateAndGet(order, Math::max);
      if (number != null) {
        // They are done in this order: when the last one is, all are.
        last = store.changeTorrent(number, t -> t.withQueueOrder(order));
      }
    }
    return last;
  }

  @Override
  public CompletionStage<?> set(String key, String text) {
    return store.set(key, Setting.of(text));
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new HashMap<>();
    store.reads().settings().forEach((key, setting) -> all.put(key, setting.text()));
    return all;
  }

  @Override
  public Optional<Metainfo> metainfo(InfoHashes torrent) {
    return Optional.ofNullable(numbers.get(torrent)).flatMap(metadata::of);
  }

  @Override
  public List<TorrentRecord> records() {
    return records.all();
  }

  @Override
  public Optional<TorrentRecord> record(InfoHashes torrent) {
    return records.of(torrent);
  }

  @Override
  public CompletionStage<?> name(InfoHashes torrent, String name) {
    return records.change(torrent, t -> t.withName(name));
  }

  @Override
  public CompletionStage<?> label(InfoHashes torrent, String category, List<String> tags) {
    return records.label(torrent, category, tags);
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
