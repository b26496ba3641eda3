package sluice.daemon.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import sluice.client.ClientStatus;
import sluice.daemon.announce.EmbeddedTracker;
import sluice.daemon.metric.MetricText;
import sluice.daemon.metric.ProcessNumbers;
import sluice.daemon.metric.RequestCounts;
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

/**
 * Numbers for Prometheus, in its text format; nothing is said of single torrents.
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

  /** The routes. */
  public List<Route> routes() {
    return List.of(
        Route.of(
            "GET",
            "/metrics",
            Dialect.PAGE,
            Scope.READ,
            request -> Reply.of(200, "text/plain; version=0.0.4; charset=utf-8", text())));
  }

  private String text() {
    MetricText text = new MetricText();
    String build =
        MetricText.label("version", version)
            + ","
            + MetricText.label("java", System.getProperty("java.version", ""));
    text.head("sluice_build_info", "gauge", "The program.").sample("sluice_build_info", build, 1);
    torrents(text, desk.shelf().sums());
    Optional<ClientStatus> client = desk.probe().status();
    client.ifPresent(status -> EngineNumbers.write(text, status));
    text.head("sluice_event_loop_lag_seconds", "histogram", "How late the loop was when asked.");
    text.histogram("sluice_event_loop_lag_seconds", "", desk.probe().lag().told());
    text.head("sluice_event_loop_busy_ratio", "gauge", "Part of the time the loop had work.")
        .sample("sluice_event_loop_busy_ratio", "", desk.probe().busy());
    events.write(text, client.map(ClientStatus::session));
    text.head("sluice_disk_free_bytes", "gauge", "Room for data.");
    for (Path folder : desk.roots().folders()) {
      String path = MetricText.label("path", folder.toString());
      text.sample("sluice_disk_free_bytes", path, Space.of(folder).freeBytes());
    }
    market(text);
    text.gauge("sluice_tracker_swarms", "Torrents of the tracker inside.", embedded.swarms());
    text.head("sluice_tracker_peers", "gauge", "Peers of the tracker inside.")
        .sample("sluice_tracker_peers", "family=\"ipv4\"", embedded.peers(false))
        .sample("sluice_tracker_peers", "family=\"ipv6\"", embedded.peers(true));
    requests.write(text);
    text.gauge("http_sse_clients", "Who follows events.", readers.getAsInt());
    ProcessNumbers.write(text);
    return text.toString();
  }

  /** Balances are in whole units. */
  private void market(MetricText text) {
    String balance = "sluice_btt_balance";
    String moved = "sluice_btt_transferred_total";
    Optional<Trade.Sums> last = trade.last();
    text.head(balance, "gauge", "The wallet with the ledger, a few minutes ago.");
    last.ifPresent(sums ->
        text.sample(balance, "account=\"available\"", sums.available() / MICROS)
            .sample(balance, "account=\"locked\"", sums.locked() / MICROS));
    text.head(moved, "counter", "What was earned and spent since the start.");
    last.ifPresent(sums ->
        text.sample(moved, "direction=\"earned\"", sums.earned() / MICROS)
            .sample(moved, "direction=\"spent\"", sums.spent() / MICROS));
  }

  private static void torrents(MetricText text, Sums all) {
    text.head("sluice_torrents", "gauge", "Torrents by what they do.");
    for (Phase phase : Phase.values()) {
      String state = phase.name().toLowerCase(Locale.ROOT);
      text.sample("sluice_torrents", "state=\"" + state + "\"", all.in(phase));
    }
    text.gauge("sluice_swarm_peers_known", "Addresses of peers that are known.", all.knownPeers());
    text.head("sluice_payload_bytes_total", "counter", "Payload, all runs of the torrents there.");
    both(text, "sluice_payload_bytes_total", all.downloaded(), all.uploaded());
    text.counter("sluice_wasted_bytes_total", "Payload received for nothing.", all.wasted());
    text.head("sluice_payload_bytes_per_second", "gauge", "Payload at present.");
    both(text, "sluice_payload_bytes_per_second", all.downRate(), all.upRate());
  }

  private static void both(MetricText text, String name, long down, long up) {
    text.sample(name, "direction=\"down\"", down).sample(name, "direction=\"up\"", up);
  }
}
