package sluice.daemon.shelf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import sluice.client.AddOptions;
import sluice.client.Brought;
import sluice.client.Client;
import sluice.client.ClientException;
import sluice.client.TorrentHandle;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Route;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.policy.ShareRule;
import sluice.engine.session.QueueMove;
import sluice.engine.session.Terms;
import sluice.engine.session.TorrentFiles;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.magnet.MagnetParser;
import sluice.protocol.magnet.UpdateMagnet;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;

/** What the APIs do to torrents, in words that all of them share. Any thread that may block. */
public final class Desk {
  /** A change of places may copy for hours; after this time it goes on by itself. */
  private static final long PATIENCE_SECONDS = 20;

  /** Between two looks where a link that is followed leads to. */
  private static final Duration LOOK = Duration.ofMinutes(30);

  private final Client client;
  private final Shelf shelf;
  private final Labels labels;
  private final Roots roots;
  private final Intents intents;
  private final WebFetch fetch;
  private final LoopProbe probe;

  /** A desk for the torrents of {@code client}. */
  public Desk(
      Client client, Shelf shelf, Labels labels, Roots roots, Intents intents, WebFetch fetch) {
    this.client = client;
    this.shelf = shelf;
    this.labels = labels;
    this.roots = roots;
    this.intents = intents;
    this.fetch = fetch;
    this.probe = new LoopProbe(client);
  }

  /** What the engine's loop tells. */
  public LoopProbe probe() {
    return probe;
  }

  /** The client. */
  public Client client() {
    return client;
  }

  /** The torrents. */
  public Shelf shelf() {
    return shelf;
  }

  /** Categories and tags. */
  public Labels labels() {
    return labels;
  }

  /** Folders in which data may be. */
  public Roots roots() {
    return roots;
  }

  /** What is to become of torrents later. */
  public Intents intents() {
    return intents;
  }

  /** A torrent that was added, or was there already. */
  public record Added(Item item, boolean duplicate) {}

  /** Adds a torrent by its file. */
  public Added add(byte[] file, Wish wish) {
    Info info;
    try {
      info = MetainfoParser.parse(file).info();
    } catch (MetainfoException e) {
      throw new Problem(415, "torrent", "not a torrent file: " + e.getMessage());
    }
    boolean known = wish.handling().stopWhen() == Handling.StopWhen.METADATA;
    Optional<Brought> brought = Layouts.brought(info, wish.handling());
    return add(
        info.hashes(),
        known ? wish.stopped(true) : wish,
        options ->
            brought.isPresent()
                ? client.add(file, options, brought.get())
                : client.add(file, options));
  }

  /**
   * Adds a torrent by a magnet link or the web address of its file. A link that can be changed (BEP
   * 46) is followed from here on.
   */
  public Added add(String link, Wish wish) {
    return add(link, wish, "");
  }

  /** The same; the server of a torrent file is told {@code cookies}. */
  public Added add(String link, Wish wish, String cookies) {
    if (!link.regionMatches(true, 0, "magnet:", 0, 7)) {
      return add(fetch.get(link, Route.MAX_UPLOAD_BYTES, cookies), wish);
    }
    Optional<UpdateMagnet> followed = UpdateMagnet.parse(link);
    if (followed.isPresent()) {
      return follow(followed.get(), wish);
    }
    try {
      Magnet magnet = MagnetParser.parse(link);
      return add(magnet.hashes(), wish, options -> client.add(magnet, options));
    } catch (MagnetException e) {
      throw new Problem(415, "magnet", "not a magnet link: " + e.getMessage());
    }
  }

  private Added follow(UpdateMagnet link, Wish wish) {
    Path folder = roots.of(wish.folder().isBlank() ? folderOf(wish.category()) : wish.folder());
    labels.needCategory(wish.category());
    labels.addTags(wish.tags());
    AddOptions options = AddOptions.into(folder).limits(wish.down(), wish.up());
    return added(
        () -> done(client.subscriptions().follow(link, options, LOOK)),
        wish.category(),
        wish.tags(),
        wish.name());
  }

  private Added add(InfoHashes hashes, Wish wish, Function<AddOptions, TorrentHandle> add) {
    Optional<Item> there = there(hashes);
    if (there.isPresent()) {
      return new Added(there.get(), true);
    }
    Handling handling = wish.handling();
    boolean own = wish.folder().isBlank() || (handling.automatic() && !wish.category().isEmpty());
    Path finish = roots.of(own ? folderOf(wish.category()) : wish.folder());
    Path folder = handling.incomplete().isBlank() ? finish : roots.of(handling.incomplete());
    labels.needCategory(wish.category());
    labels.addTags(wish.tags());
    AddOptions options =
        AddOptions.into(folder)
            .limits(wish.down(), wish.up())
            .picking(new PickOptions(FileSelection.ALL, wish.sequential(), wish.ends(), false))
            .terms(Terms.DEFAULT.share(wish.share()));
    options = wish.files().map(options::choosing).orElse(options);
    AddOptions chosen = wish.stopped() ? options.stopped() : options;
    intents.change(
        Item.hash(hashes),
        none ->
            new Intents.Intent(
                handling.automatic(),
                folder.equals(finish) ? "" : finish.toString(),
                wish.stopped() ? Handling.StopWhen.NEVER : handling.stopWhen(),
                handling.layout()));
    Added added;
    try {
      added = added(() -> add.apply(chosen), wish.category(), wish.tags(), wish.name());
    } catch (Problem e) {
      intents.change(Item.hash(hashes), intent -> Intents.Intent.NONE);
      throw e;
    }
    if (wish.forced()) {
      change(added.item(), TorrentHandle::force);
    }
    if (handling.first()) {
      change(added.item(), handle -> handle.move(new QueueMove.Top()));
    }
    return added;
  }

  /**
   * How a torrent comes from elsewhere.
   *
   * @param folder of its data
   */
  public record Arrival(String category, List<String> tags, String name, Path folder) {}

  /** Adds a torrent with what another program knows of it. */
  public Added bring(byte[] file, AddOptions options, Arrival arrival, Brought brought)
      throws MetainfoException {
    InfoHashes hashes = MetainfoParser.parse(file).info().hashes();
    return bring(hashes, arrival, () -> client.add(file, options, brought));
  }

  /** Adds a magnet that another program had. */
  public Added bring(String magnet, AddOptions options, Arrival arrival) {
    try {
      Magnet link = MagnetParser.parse(magnet);
      return bring(link.hashes(), arrival, () -> client.add(link, options));
    } catch (MagnetException e) {
      throw new Problem(415, "magnet", "not a magnet link: " + e.getMessage());
    }
  }

  private Added bring(InfoHashes hashes, Arrival arrival, Supplier<TorrentHandle> add) {
    Optional<Item> there = there(hashes);
    if (there.isPresent()) {
      return new Added(there.get(), true);
    }
    roots.of(arrival.folder().toString());
    labels.needCategory(arrival.category());
    labels.addTags(arrival.tags());
    return added(add, arrival.category(), arrival.tags(), arrival.name());
  }

  private Optional<Item> there(InfoHashes hashes) {
    return hashes.wire().stream().flatMap(hash -> shelf.find(hash.hex()).stream()).findFirst();
  }

  private Added added(
      Supplier<TorrentHandle> add, String category, List<String> tags, String name) {
    TorrentHandle handle;
    try {
      handle = add.get();
    } catch (ClientException e) {
      throw Problem.conflict(String.valueOf(e.getMessage()));
    }
    if (!category.isEmpty() || !tags.isEmpty()) {
      done(handle.label(category, tags));
      done(handle.bandwidthClass(category));
    }
    if (!name.isBlank()) {
      done(handle.name(name));
    }
    shelf.touch(handle.hashes());
    return new Added(
        shelf
            .find(Item.hash(handle.hashes()))
            .orElseThrow(() -> Problem.conflict("the torrent was removed at once")),
        false);
  }

  String folderOf(String category) {
    if (category.isEmpty()) {
      return labels.value(Preferences.FOLDER).orElse("");
    }
    return labels.folder(category).orElse(category.contains("..") ? "" : category);
  }

  /** Does something to one torrent, and waits until it is done. */
  public void change(Item item, Function<TorrentHandle, CompletionStage<?>> change) {
    TorrentHandle handle =
        shelf.handle(item).orElseThrow(() -> Problem.missing("the torrent is gone"));
    done(change.apply(handle));
    shelf.touch(item.torrent());
  }

  /** Does something to all of {@code items}. */
  public void change(List<Item> items, Function<TorrentHandle, CompletionStage<?>> change) {
    List<CompletionStage<?>> stages = new ArrayList<>();
    for (Item item : items) {
      shelf.handle(item).ifPresent(handle -> stages.add(change.apply(handle)));
    }
    stages.forEach(Desk::done);
    items.forEach(item -> shelf.touch(item.torrent()));
  }

  /** Removes torrents. */
  public void remove(List<Item> items, boolean withData) {
    change(items, handle -> withData ? handle.removeWithData() : handle.remove());
  }

  /** Brings the data of torrents into another folder. */
  public void move(List<Item> items, String text) {
    Path folder = roots.of(text);
    change(items, handle -> handle.move(folder));
  }

  /** Uses the data of torrents in another folder, where somebody brought them. */
  public void find(List<Item> items, String text) {
    Path folder = roots.of(text);
    change(items, handle -> handle.find(folder));
  }

  /** Gives torrents another category. */
  public void categorize(List<Item> items, String category) {
    labels.needCategory(category);
    for (Item item : items) {
      change(item, handle -> handle.label(category, item.record().tags()));
      change(item, handle -> handle.bandwidthClass(category));
    }
    new Placing(this).follow(items, category);
  }

  /** Says when torrents of a category have shared enough that do not say so themselves. */
  public void share(String category, ShareRule rule) {
    labels.share(category, rule);
    for (Item item : shelf.items()) {
      if (item.record().category().equals(category)
          && !item.record().options().terms().bandwidthClass().equals(category)) {
        change(item, handle -> handle.bandwidthClass(category));
      }
    }
    done(client.policies().classShares(labels.shares()));
  }

  /** Forgets categories; torrents that have one of them have none then. */
  public void removeCategories(List<String> names) {
    categorize(
        shelf.items().stream().filter(item -> names.contains(item.record().category())).toList(),
        "");
    labels.removeCategories(names);
    done(client.policies().classShares(labels.shares()));
  }

  /** Gives torrents other tags. */
  public void tag(List<Item> items, Function<Set<String>, Set<String>> tags) {
    for (Item item : items) {
      Set<String> changed = tags.apply(new LinkedHashSet<>(item.record().tags()));
      labels.addTags(List.copyOf(changed));
      change(item, handle -> handle.label(item.record().category(), List.copyOf(changed)));
    }
  }

  /** Changes the trackers of a torrent. */
  public void trackers(Item item, UnaryOperator<List<List<String>>> change) {
    List<List<String>> before =
        item.facts().or(() -> shelf.facts(item)).map(Facts::trackers).orElse(List.of());
    List<List<String>> after = change.apply(before);
    if (!after.equals(before)) {
      change(item, handle -> handle.trackers(after));
      shelf.stale(item);
    }
  }

  /** The files of a torrent; empty as long as they are not known. */
  public Optional<TorrentFiles> files(Item item) {
    return shelf.handle(item).flatMap(handle -> done(handle.files()));
  }

  /** Waits for {@code stage}; a change that takes long goes on by itself. */
  public static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Problem(504, "slow", "it takes long, and goes on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(503, "ending", "the daemon ends");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof ClientException || cause instanceof IllegalArgumentException
          ? Problem.conflict(String.valueOf(cause.getMessage()))
          : new IllegalStateException(cause);
    }
  }
}
