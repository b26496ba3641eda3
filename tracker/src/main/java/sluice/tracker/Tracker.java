package sluice.tracker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sluice.tracker.access.AccessFiles;
import sluice.tracker.cluster.ClusterNode;
import sluice.tracker.config.Listen;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.http.HttpServer;
import sluice.tracker.page.History;
import sluice.tracker.page.TrackerPages;
import sluice.tracker.service.Clock;
import sluice.tracker.service.ClusterState;
import sluice.tracker.service.Event;
import sluice.tracker.service.Gate;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreCounts;
import sluice.tracker.udp.ConnectionIds;
import sluice.tracker.udp.UdpServer;
import sluice.tracker.websocket.Signalling;

/** A running tracker. */
public final class Tracker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Tracker.class.getName());

  /** How often the log tells of the load. */
  private static final int TOLD_SECONDS = 60;

  private final TrackerSettings settings;
  private final TrackerCore core;
  private final Clock clock = Clock.system();
  private final Reloads reloads;
  private final History history;
  private final List<UdpServer> udp = new ArrayList<>();
  private final List<InetSocketAddress> httpAddresses = new ArrayList<>();
  private final List<InetSocketAddress> httpsAddresses = new ArrayList<>();
  private volatile @Nullable HttpServer http;
  private volatile @Nullable ClusterNode cluster;
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tracker-house").factory());

  private Tracker(
      TrackerSettings settings, SettingsSource source, Optional<Gate> given, SecureRandom random)
      throws IOException {
    this.settings = settings;
    Gate gate = given.isPresent() ? given.get() : AccessFiles.gate(settings.access(), Gate.OPEN);
    this.core = new TrackerCore(settings.rules(), settings.limits(), gate, random.nextLong());
    this.reloads = new Reloads(core, source, settings, () -> http, given.isPresent());
    this.history = new History(core);
  }

  /** Opens all sockets and starts; when one cannot be opened, none stays open. */
  public static Tracker start(TrackerSettings settings) throws IOException {
    return start(settings, SettingsSource.fixed(settings));
  }

  /** The same with settings that may change while it runs. */
  public static Tracker start(TrackerSettings settings, SettingsSource source) throws IOException {
    return start(settings, source, Optional.empty());
  }

  /** The same inside of a program that decides itself who is served. */
  public static Tracker start(TrackerSettings settings, Gate gate) throws IOException {
    return start(settings, SettingsSource.fixed(settings), Optional.of(gate));
  }

  private static Tracker start(TrackerSettings settings, SettingsSource source, Optional<Gate> gate)
      throws IOException {
    SecureRandom random = new SecureRandom();
    Tracker tracker = new Tracker(settings, source, gate, random);
    try {
      tracker.open(random);
      LOG.log(
          System.Logger.Level.INFO,
          Event.of(
              "started",
              "udp",
              texts(tracker.udpAddresses()),
              "http",
              texts(tracker.httpAddresses()),
              "https",
              texts(tracker.httpsAddresses())));
      return tracker;
    } catch (IOException | RuntimeException e) {
      tracker.close();
      throw e;
    }
  }

  private void open(SecureRandom random) throws IOException {
    ConnectionIds ids = new ConnectionIds(random.nextLong(), random.nextLong());
    if (settings.cluster().isPresent()) {
      TrackerSettings.Cluster shared = settings.cluster().get();
      ids = ConnectionIds.shared(shared.secret());
      String name = Long.toHexString(random.nextLong());
      cluster = new ClusterNode(core, clock, shared, name);
    }
    for (InetSocketAddress address : settings.udp()) {
      InetSocketAddress wanted = Listen.withPortOf(udpAddresses(), address);
      udp.add(UdpServer.start(core, ids, clock, wanted, settings.threads()));
    }
    if (!settings.http().isEmpty() || !settings.https().isEmpty()) {
      TrackerPages pages =
          new TrackerPages(core, history, this::clusterState, settings.token(), reloads::readAgain);
      Signalling talks = new Signalling(core, clock, random.nextLong());
      HttpServer server = new HttpServer(core, clock, settings.server(), pages, talks);
      http = server;
      httpAddresses.addAll(Listen.openStreams(settings.http(), server::listen));
      if (settings.tls().isPresent()) {
        server.useTls(settings.tls().get().certificate(), settings.tls().get().key());
        httpsAddresses.addAll(Listen.openStreams(settings.https(), server::listenTls));
      }
    }
    every(1_000 / TrackerCore.TURNS_PER_SECOND, () -> core.turn(clock.seconds()));
    every(1_000 * History.STEP_SECONDS, history::add);
    every(1_000 * Reloads.LOOK_SECONDS, reloads::look);
    every(1_000 * TOLD_SECONDS, this::tellLoad);
  }

  private Optional<ClusterState> clusterState() {
    ClusterNode node = cluster;
    return node == null ? Optional.empty() : Optional.of(node.state());
  }

  private static String texts(List<InetSocketAddress> addresses) {
    return String.join(",", addresses.stream().map(Listen::text).toList());
  }

  private void tellLoad() {
    StoreCounts counts = core.store().counts();
    LOG.log(
        System.Logger.Level.INFO,
        Event.of(
            "load",
            "swarms",
            counts.swarms(),
            "peers",
            counts.peers(),
            "seeds",
            counts.seeds(),
            "announces",
            core.counters().announces(),
            "refused",
            core.counters().udp().refused().sum() + core.counters().http().refused().sum(),
            "malformed",
            core.counters().udp().malformed().sum() + core.counters().http().malformed().sum(),
            "interval",
            core.pace().seconds()));
  }

  /**
   * Reads rules, lists, users and the certificate again; gives what is wrong with them, and then
   * all stays as it was.
   */
  public String reload() {
    return reloads.readAgain();
  }

  private void every(long periodMillis, Runnable task) {
    var _ =
        housekeeping.scheduleAtFixedRate(task, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
  }

  /** Swarms, rules and counters. */
  public TrackerCore core() {
    return core;
  }

  /** Where it listens for datagrams. */
  public List<InetSocketAddress> udpAddresses() {
    return udp.stream().map(UdpServer::localAddress).toList();
  }

  /** Where it listens for HTTP. */
  public List<InetSocketAddress> httpAddresses() {
    return List.copyOf(httpAddresses);
  }

  /** Where it listens for HTTPS. */
  public List<InetSocketAddress> httpsAddresses() {
    return List.copyOf(httpsAddresses);
  }

  @Override
  public void close() {
    housekeeping.shutdownNow();
    udp.forEach(UdpServer::close);
    ClusterNode node = cluster;
    if (node != null) {
      node.close();
    }
    HttpServer server = http;
    if (server != null) {
      server.close();
    }
    LOG.log(System.Logger.Level.INFO, Event.of("stopped"));
  }
}
