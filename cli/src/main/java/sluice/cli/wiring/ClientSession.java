package sluice.cli.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.cli.choice.Picking;
import sluice.cli.source.Given;
import sluice.cli.transfer.Item;
import sluice.cli.transfer.Session;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.Startup;
import sluice.client.Subscription;
import sluice.client.Subscriptions;
import sluice.client.TorrentHandle;
import sluice.engine.pick.FileSelection;
import sluice.engine.policy.ShareRule;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.StateView;
import sluice.state.fault.StateException;
import sluice.state.record.TorrentRow;
import sluice.state.record.Wanted;

/**
 * A session that is a {@link Client}; with a state folder, torrents and progress are kept in it.
 */
final class ClientSession implements Session {
  private final ClientConfig config;
  private final Resumption resumption;
  private final Trading trading;
  private final Manner manner;
  private final Optional<Following> following;
  private final Consumer<EngineEvent> events;
  private final CompletableFuture<Client> client = new CompletableFuture<>();
  private final List<Kept> kept = new ArrayList<>();

  /** Torrents are added in order; done when the last step is. */
  private CompletableFuture<?> last = client;

  ClientSession(
      ClientConfig config,
      Resumption resumption,
      Trading trading,
      Manner manner,
      Optional<Following> following,
      Consumer<EngineEvent> events) {
    this.config = config;
    this.resumption = resumption;
    this.trading = trading;
    this.manner = manner;
    this.following = following;
    this.events = events;
  }

  @Override
  public CompletionStage<?> start() {
    Thread.ofPlatform().name("start-client").start(this::open);
    return client.thenAccept(started -> {});
  }

  private void open() {
    try {
      Client opened = Client.open(config, startup());
      try {
        config.state().ifPresent(this::readKept);
        goOn(opened.subscriptions());
      } catch (StateException e) {
        opened.close();
        throw e;
      }
      client.complete(opened);
    } catch (StateException e) {
      client.completeExceptionally(StateProblem.of(config.state().orElseThrow(), e));
    } catch (RuntimeException e) {
      client.completeExceptionally(e);
    }
  }

  /** Links that are kept are followed with what this run is told. */
  private void goOn(Subscriptions kept) {
    for (Subscription each : kept.all()) {
      AddOptions plain = AddOptions.into(each.folder()).peers(resumption.peers());
      var _ =
          kept.follow(each.link(), each.trackers() ? plain : plain.withoutTrackers(), each.every());
    }
  }

  /** What this run is told comes before what the state says. */
  private Startup startup() {
    Startup startup = new Startup(events, resumption::applied).extended(trading::extensions);
    ShareRule rule = config.engine().policies().share().session();
    return rule.equals(ShareRule.INHERIT) ? startup : startup.sharing(rule);
  }

  private void readKept(Path folder) {
    try (StateView view = StateView.open(folder)) {
      view.forEachRow(this::keep);
    }
  }

  private void keep(TorrentRow row) {
    Given given =
        new Given.Kept(
            row.torrent().hashes(), row.torrent().name(), row.torrent().content().isKnown());
    Item item =
        new Item(
            given,
            Path.of(row.torrent().savePath()),
            resumption.download(),
            resumption.trackers(),
            resumption.peers(),
            resumption.webSeeds(),
            Picking.NONE);
    kept.add(new Kept(item, row.torrent().wanted() != Wanted.STOPPED));
  }

  @Override
  public List<Kept> kept() {
    return List.copyOf(kept);
  }

  @Override
  public CompletionStage<?> add(Item item) {
    return next(to -> add(to, item));
  }

  private CompletionStage<?> next(Consumer<Client> step) {
    CompletableFuture<?> stepping =
        last.handle((before, failure) -> step)
            .thenAcceptAsync(
                next -> next.accept(client.join()),
                Thread.ofPlatform().name("client-steps")::start);
    last = stepping;
    return stepping;
  }

  private AddOptions options(Item item) {
    AddOptions options =
        AddOptions.into(item.folder()).peers(item.peers()).webSeeds(item.webSeeds());
    options = item.trackers() ? options : options.withoutTrackers();
    options = manner.onto(options);
    return item.download() ? options : options.withoutDownload();
  }

  /** Where the link leads at this time is {@code item}. */
  private void follow(Client in, TorrentHandle torrent, Item item) {
    following.ifPresent(said -> {
      var _ = in.subscriptions().follow(said.link(), torrent, options(item), said.every());
    });
  }

  private void add(Client to, Item item) {
    AddOptions options = options(item);
    TorrentHandle added =
        switch (item.given()) {
          case Given.TorrentFile file ->
              to.add(file.bytes(), options.picking(item.picking().of(file.metainfo().info())));
          case Given.Link(Magnet magnet) -> to.add(magnet, item.picking().onto(options));
          case Given.Kept there -> throw new IllegalStateException("is kept: " + there.name());
        };
    follow(to, added, item);
  }

  @Override
  public CompletionStage<?> resume(InfoHashes torrent, Item item) {
    return next(in -> {
      TorrentHandle handle =
          in.torrents().stream()
              .filter(each -> each.hashes().equals(torrent))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("it is not there any more"));
      if (item.given() instanceof Given.TorrentFile file && handle.metainfo().isEmpty()) {
        handle.metainfo(file.metainfo()).toCompletableFuture().join();
      }
      handle.metainfo().ifPresent(known -> pick(handle, item, known.info()));
      manner.tell(handle);
      handle.start().toCompletableFuture().join();
      follow(in, handle, item);
    });
  }

  /** Does what the user, or the magnet that the user gave, says about a torrent that is kept. */
  private static void pick(TorrentHandle handle, Item item, Info info) {
    Picking picking = item.picking();
    if (!picking.files().isAll()) {
      handle.select(picking.files().of(info)).toCompletableFuture().join();
    } else if (!item.selection().isEmpty()) {
      FileSelection selected = FileSelection.only(item.selection(), info.files().size());
      handle.select(selected).toCompletableFuture().join();
    }
    if (!picking.isNone()) {
      handle.order(picking.sequential(), picking.ends()).toCompletableFuture().join();
    }
  }

  @Override
  public List<TorrentSnapshot> snapshot() {
    return client.isDone() && !client.isCompletedExceptionally()
        ? client.join().snapshot()
        : List.of();
  }

  @Override
  public CompletionStage<?> stop() {
    if (client.isCompletedExceptionally()) {
      return CompletableFuture.completedFuture(Boolean.TRUE);
    }
    return client.thenAcceptAsync(this::close, Thread.ofPlatform().name("stop-client")::start);
  }

  /** Pays what is owed, ends the session, and redeems what was earned. */
  private void close(Client open) {
    trading.leave();
    open.close();
    trading.end();
  }
}
