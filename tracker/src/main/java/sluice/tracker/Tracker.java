package sluice.tracker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sluice.tracker.http.HttpOptions;
import sluice.tracker.http.HttpServer;
import sluice.tracker.http.Pages;
import sluice.tracker.service.Clock;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.udp.ConnectionIds;
import sluice.tracker.udp.UdpServer;

/** A running tracker. */
public final class Tracker implements AutoCloseable {
  private final TrackerCore core;
  private final Clock clock = Clock.system();
  private final List<UdpServer> udp = new ArrayList<>();
  private final List<InetSocketAddress> httpAddresses = new ArrayList<>();
  private @Nullable HttpServer http;
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tracker-house").factory());

  private Tracker(TrackerOptions options, SecureRandom random) {
    this.core =
        new TrackerCore(options.rules(), options.limits(), options.gate(), random.nextLong());
  }

  /** Opens all sockets and starts; when one cannot be opened, none stays open. */
  public static Tracker start(TrackerOptions options) throws IOException {
    SecureRandom random = new SecureRandom();
    Tracker tracker = new Tracker(options, random);
    try {
      tracker.open(options, random);
      return tracker;
    } catch (IOException | RuntimeException e) {
      tracker.close();
      throw e;
    }
  }

  private void open(TrackerOptions options, SecureRandom random) throws IOException {
    ConnectionIds ids = new ConnectionIds(random.nextLong(), random.nextLong());
    for (InetSocketAddress address : options.udp()) {
      InetSocketAddress wanted = Listen.withPortOf(udpAddresses(), address);
      udp.add(UdpServer.start(core, ids, clock, wanted, options.threads()));
    }
    if (!options.http().isEmpty()) {
      HttpServer server =
          new HttpServer(core, clock, HttpOptions.of(options.threads()), Pages.NONE);
      http = server;
      httpAddresses.addAll(Listen.openStreams(options.http(), server::listen));
    }
    long periodMillis = 1_000 / TrackerCore.TURNS_PER_SECOND;
    var _ =
        housekeeping.scheduleAtFixedRate(
            () -> core.turn(clock.seconds()), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
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

  @Override
  public void close() {
    housekeeping.shutdownNow();
    udp.forEach(UdpServer::close);
    HttpServer server = http;
    if (server != null) {
      server.close();
    }
  }
}
