package sluice.daemon.page;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import sluice.client.ClientStatus;
import sluice.daemon.announce.EmbeddedTracker;
import sluice.daemon.metric.RequestCounts;
import sluice.daemon.metric.Scrape;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.EventCounts;
import sluice.daemon.shelf.Space;
import sluice.daemon.shelf.Sums;
import sluice.daemon.trade.Trade;
import sluice.daemon.trade.TradeDesk;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.metrics.Exposition;
import sluice.metrics.Machine;

/**
 * Numbers for Prometheus; nothing is said of single torrents.
 *
 * @param version of the program; empty if it is not told
 * @param desk the torrents
 * @param requests that were answered
 * @param events that happened
 * @param trade the market
 * @param embedded the tracker inside
 * @param readers who follows events at present
 */
public record MetricRoutes(
    String version,
    Desk desk,
    RequestCounts requests,
    EventCounts events,
    TradeDesk trade,
    EmbeddedTracker embedded,
    IntSupplier readers) {
  private static final double MICROS = 1e6;
  private static final long KEPT_NANOS = 1_000_000_000;
  private static final int MAX_KEPT = 4;

  /** The virtual machine is asked from the first scrape on, and takes no time of the start. */
  private static final class Here {
    static final PrometheusRegistry REGISTRY = new PrometheusRegistry();

    static {
      Machine.register(REGISTRY);
    }

    private Here() {}
  }

  /** The routes. */
  public List<Route> routes() {
    Recent recent = new Recent();
    return List.of(
        Route.of(
            "GET",
            "/metrics",
            Dialect.PAGE,
            Scope.READ,
            request -> {
              Exposition told = recent.told(request.header("Accept").orElse(""));
              return Reply.of(200, told.type(), told.body());
            }));
  }

  /** What was told less than a second ago is told again: to collect all of it takes a while. */
  private final class Recent {
    private final Map<String, Exposition> told = new HashMap<>();
    private long sinceNanos;

    /** What is sent to who accepts {@code types}, of which few are remembered. */
    synchronized Exposition told(String types) {
      long now = System.nanoTime();
      if (told.isEmpty() || told.size() >= MAX_KEPT || now - sinceNanos >= KEPT_NANOS) {
        told.clear();
        sinceNanos = now;
      }
      return told.computeIfAbsent(types, each -> Exposition.of(each, metrics()));
    }
  }

  private MetricSnapshots metrics() {
    Scrape scrape = new Scrape();
    scrape
        .gauge("sluice_build_info", "The program.")
        .sample(1, "version", version, "java", System.getProperty("java.version", ""));
    torrents(scrape, desk.shelf().sums());
    Optional<ClientStatus> client = desk.probe().status();
    client.ifPresent(status -> EngineNumbers.write(scrape, status));
    scrape
        .histogram("sluice_event_loop_lag_seconds", "How late the loop was when asked.")
        .sample(desk.probe().lag().told());
    scrape
        .gauge("sluice_event_loop_busy_ratio", "Part of the time the loop had work.")
        .sample(desk.probe().busy());
    events.write(scrape, client.map(ClientStatus::session));
    Scrape.Samples free = scrape.gauge("sluice_disk_free_bytes", "Room for data.");
    for (Path folder : desk.roots().folders()) {
      free.sample(Space.of(folder).freeBytes(), "path", folder.toString());
    }
    trade.last().ifPresent(sums -> market(scrape, sums));
    scrape
        .gauge("sluice_tracker_swarms", "Torrents of the tracker inside.")
        .sample(embedded.swarms());
    scrape
        .gauge("sluice_tracker_peers", "Peers of the tracker inside.")
        .sample(embedded.peers(false), "family", "ipv4")
        .sample(embedded.peers(true), "family", "ipv6");
    requests.write(scrape);
    scrape.gauge("http_sse_clients", "Who follows events.").sample(readers.getAsInt());
    scrape.add(Here.REGISTRY.scrape());
    return scrape.snapshots();
  }

  /** Balances are in whole units. */
  private static void market(Scrape scrape, Trade.Sums sums) {
    scrape
        .gauge("sluice_btt_balance", "The wallet with the ledger, a few minutes ago.")
        .sample(sums.available() / MICROS, "account", "available")
        .sample(sums.locked() / MICROS, "account", "locked");
    scrape
        .counter("sluice_btt_transferred_total", "What was earned and spent since the start.")
        .sample(sums.earned() / MICROS, "direction", "earned")
        .sample(sums.spent() / MICROS, "direction", "spent");
  }

  private static void torrents(Scrape scrape, Sums all) {
    Scrape.Samples torrents = scrape.gauge("sluice_torrents", "Torrents by what they do.");
    for (Phase phase : Phase.values()) {
      torrents.sample(all.in(phase), "state", phase.name().toLowerCase(Locale.ROOT));
    }
    scrape
        .gauge("sluice_swarm_peers_known", "Addresses of peers that are known.")
        .sample(all.knownPeers());
    scrape
        .counter("sluice_payload_bytes_total", "Payload, all runs of the torrents there.")
        .both(all.downloaded(), all.uploaded());
    scrape
        .counter("sluice_wasted_bytes_total", "Payload received for nothing.")
        .sample(all.wasted());
    scrape
        .gauge("sluice_payload_bytes_per_second", "Payload at present.")
        .both(all.downRate(), all.upRate());
  }
}
