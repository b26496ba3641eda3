package sluice.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import sluice.client.Client;
import sluice.client.Startup;
import sluice.daemon.announce.EmbeddedTracker;
import sluice.daemon.api.ApiContext;
import sluice.daemon.api.ApiRoutes;
import sluice.daemon.auth.Doorman;
import sluice.daemon.auth.Key;
import sluice.daemon.auth.Keyring;
import sluice.daemon.auth.PrivateFile;
import sluice.daemon.config.ControlFile;
import sluice.daemon.config.DaemonSettings;
import sluice.daemon.creation.Creations;
import sluice.daemon.metric.RequestCounts;
import sluice.daemon.migrate.Restore;
import sluice.daemon.notice.Notices;
import sluice.daemon.page.HealthRoutes;
import sluice.daemon.page.MetricRoutes;
import sluice.daemon.page.OtherPage;
import sluice.daemon.page.PageRoutes;
import sluice.daemon.qbittorrent.QbContext;
import sluice.daemon.qbittorrent.QbRoutes;
import sluice.daemon.rss.Collector;
import sluice.daemon.rss.Rss;
import sluice.daemon.shelf.Blocking;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.EventLog;
import sluice.daemon.shelf.EventReader;
import sluice.daemon.shelf.Followups;
import sluice.daemon.shelf.Intents;
import sluice.daemon.shelf.Labels;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.shelf.Roots;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.shelf.WatchFolder;
import sluice.daemon.shelf.WebFetch;
import sluice.daemon.trade.Trade;
import sluice.daemon.trade.TradeDesk;
import sluice.daemon.transmission.RpcContext;
import sluice.daemon.transmission.RpcRoutes;
import sluice.daemon.web.Gate;
import sluice.daemon.web.Hosts;
import sluice.daemon.web.HttpServer;
import sluice.daemon.web.Proxies;
import sluice.daemon.web.Route;
import sluice.daemon.web.Routes;
import sluice.daemon.web.Scope;
import sluice.protocol.address.IpText;

/** A client that keeps running, with its web server. Any thread. */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Daemon.class.getName());

  /** The key that {@link ControlFile} holds; there is a fresh one at each start. */
  private static final String CONTROL_KEY = "this machine";

  private static final String LABELS = "labels.json";

  private static final Trade.Opener NO_MARKET =
      (settings, terms) -> {
        throw new IOException("this program has no market");
      };

  private final DaemonSettings settings;
  private final Client client;
  private final Doorman doorman;
  private final EventReader reader;
  private final ApiRoutes apiRoutes;
  private final Optional<WatchFolder> watch;
  private final Collector feeds;
  private final Intents intents;
  private final Creations creations;
  private final EmbeddedTracker embedded;
  private final TradeDesk trade;
  private final Notices notices;
  private final HttpServer server;
  private final Routes routes;
  private final RequestCounts requests = new RequestCounts();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final boolean first;

  private Daemon(
      DaemonSettings settings,
      Client client,
      Labels labels,
      Optional<Trade> traded,
      HttpServer server,
      LongSupplier unixMillis)
      throws IOException {
    this.settings = settings;
    this.client = client;
    Path state = settings.state();
    Keyring keys = new Keyring(state.resolve("keys.json"), unixMillis);
    first = keys.all().stream().noneMatch(key -> key.kind() == Key.Kind.BROWSER);
    doorman = new Doorman(keys, unixMillis);
    trade = new TradeDesk(traded, labels);
    notices = new Notices(settings.notices(), client.web()::ask);
    Roots roots = new Roots(settings.downloads(), settings.folders());
    Shelf shelf = new Shelf(client, unixMillis);
    TrackerBook trackers = new TrackerBook();
    EventLog log = new EventLog();
    intents = new Intents(state.resolve("intents.json"));
    WebFetch fetch = new WebFetch(client.web()::ask, settings.fetchPrivate());
    Desk desk = new Desk(client, shelf, labels, roots, intents, fetch);
    Preferences preferences = new Preferences(client, labels, roots, settings.limits());
    Blocking blocking = new Blocking(client, labels, roots, fetch, state);
    creations = new Creations(desk, unixMillis);
    embedded = EmbeddedTracker.start(settings.tracker(), client);
    feeds = new Collector(new Rss(state.resolve("rss")), fetch, desk, preferences, unixMillis);
    Followups followups = new Followups(desk);
    reader = new EventReader(client, shelf, trackers, log, notices, followups, unixMillis);
    ApiContext api =
        new ApiContext(
            desk,
            preferences,
            trackers,
            log,
            doorman,
            feeds,
            blocking,
            creations,
            embedded,
            this::url,
            unixMillis,
            unixMillis.getAsLong(),
            state.resolve(LABELS),
            trade,
            this::end);
    new Restore(state).arrive(desk, log, unixMillis);
    apiRoutes = new ApiRoutes(api);
    watch = settings.watch().map(folder -> new WatchFolder(folder, desk, preferences));
    List<Route> all = new ArrayList<>(apiRoutes.routes());
    all.addAll(routesOfOthers(api));
    all.addAll(pages(desk));
    routes = new Routes(all);
    this.server = server;
    server.admit(gate());
    publish(keys);
  }

  /** The APIs of other programs. */
  private static List<Route> routesOfOthers(ApiContext api) {
    RpcContext rpc =
        new RpcContext(
            api.desk(),
            api.preferences(),
            api.trackers(),
            api.blocking(),
            api.startedMillis(),
            api.unixMillis(),
            api.end());
    QbContext qb =
        new QbContext(
            api.desk(),
            api.preferences(),
            api.trackers(),
            api.log(),
            api.doorman(),
            api.feeds(),
            api.blocking(),
            api.creations(),
            api.unixMillis(),
            api.end());
    List<Route> all = new ArrayList<>(new RpcRoutes(rpc).routes());
    all.addAll(new QbRoutes(qb).routes());
    return all;
  }

  private List<Route> pages(Desk desk) {
    List<Route> all = new ArrayList<>(new HealthRoutes(client, settings.downloads()).routes());
    all.addAll(
        settings
            .root()
            .map(OtherPage::new)
            .map(OtherPage::routes)
            .orElseGet(() -> new PageRoutes().routes()));
    all.addAll(
        new MetricRoutes(
                settings.version(),
                desk,
                requests,
                reader.counts(),
                trade,
                embedded,
                apiRoutes::readers)
            .routes());
    return all;
  }

  private Gate gate() {
    return new Gate(
        new Proxies(settings.door().proxies()),
        new Hosts(settings.hosts()),
        doorman,
        routes,
        requests);
  }

  /**
   * Starts a daemon; the torrents of its state go on.
   *
   * @throws sluice.state.fault.StateException when another one uses the state
   */
  public static Daemon start(DaemonSettings settings) throws IOException {
    return start(settings, NO_MARKET);
  }

  /** The same, trading by what {@code market} opens if the settings want it. */
  public static Daemon start(DaemonSettings settings, Trade.Opener market) throws IOException {
    Files.createDirectories(settings.state());
    Files.createDirectories(settings.downloads());
    Labels labels = new Labels(settings.state().resolve(LABELS));
    Optional<Trade> trade = Optional.empty();
    if (settings.market().isPresent()) {
      trade = Optional.of(market.open(settings.market().get(), TradeDesk.terms(labels)));
    }
    Startup startup = trade.map(t -> Startup.QUIET.extended(t::extensions)).orElse(Startup.QUIET);
    try (Opening opening = new Opening(settings, startup)) {
      Client client = opening.client();
      Daemon daemon =
          new Daemon(settings, client, labels, trade, opening.server(), System::currentTimeMillis);
      opening.taken();
      return daemon;
    }
  }

  /**
   * Puts what is in a backup where a daemon finds it that starts in the folder {@code state}, which
   * nobody has used; gives the number of torrents.
   */
  public static int restore(InputStream backup, Path state) throws IOException {
    return new Restore(state).unpack(backup);
  }

  private void closeIntents() {
    try {
      intents.close();
    } catch (IOException e) {
      LOG.log(Logger.Level.WARNING, "the file of intents", e);
    }
  }

  private void publish(Keyring keys) throws IOException {
    for (Key key : keys.all()) {
      if (key.name().equals(CONTROL_KEY)) {
        keys.delete(key.id());
      }
    }
    String secret = keys.make(CONTROL_KEY, Scope.ALL).secret();
    PrivateFile.write(
        ControlFile.in(settings.state()),
        new ControlFile(localUrl(), secret, ProcessHandle.current().pid()).bytes());
  }

  /** The address of the page. */
  public String url() {
    InetAddress address = settings.listen().getAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : IpText.bracketed(address);
    String scheme = settings.door().tls().isPresent() ? "https://" : "http://";
    return scheme + host + ":" + server.port() + "/";
  }

  /** The address for programs of this machine, to which the certificate says nothing. */
  private String localUrl() {
    return settings.door().tls().isEmpty() ? url() : "http://127.0.0.1:" + server.localPort() + "/";
  }

  /** A link that opens the page without a key, once and soon. */
  public String link() {
    return url() + "#login=" + doorman.link();
  }

  /** Whether no browser has ever been let in. */
  public boolean isFirst() {
    return first;
  }

  /** The port of peers. */
  public int peerPort() {
    return client.port();
  }

  /** What it runs, for measurements. */
  Client client() {
    return client;
  }

  /** All routes, for tests of what each of them lets through. */
  public Routes routes() {
    return routes;
  }

  /** The keys. */
  public Keyring keys() {
    return doorman.keys();
  }

  /** Has {@link #awaitEnd} return. */
  public void end() {
    ending.countDown();
  }

  /** Waits until somebody wants it to end. */
  public void awaitEnd() throws InterruptedException {
    ending.await();
  }

  /** Says goodbye to everybody and records everything. */
  @Override
  public void close() {
    end();
    try {
      Files.deleteIfExists(ControlFile.in(settings.state()));
    } catch (IOException e) {
      LOG.log(Logger.Level.WARNING, "the control file stays", e);
    }
    apiRoutes.close();
    watch.ifPresent(WatchFolder::close);
    feeds.close();
    creations.close();
    embedded.close();
    server.close();
    reader.close();
    notices.close();
    trade.trade().ifPresent(Trade::leave);
    client.close();
    closeIntents();
    trade.close();
    trade.trade().ifPresent(Trade::end);
  }
}
