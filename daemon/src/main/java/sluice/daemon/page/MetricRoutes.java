package sluice.daemon.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import sluice.daemon.metric.MetricText;
import sluice.daemon.metric.ProcessNumbers;
import sluice.daemon.metric.RequestCounts;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.EventCounts;
import sluice.daemon.shelf.LoopProbe;
import sluice.daemon.shelf.Space;
import sluice.daemon.shelf.Sums;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import sluice.engine.session.TorrentSnapshot.Phase;

/**
 * Numbers for Prometheus, in its text format; nothing is said of single torrents.
 *
 * @param desk the torrents
 * @param downloads folder of data
 * @param requests that were answered
 * @param events that happened
 * @param readers who follows events at present
 */
public record MetricRoutes(
    Desk desk, Path downloads, RequestCounts requests, EventCounts events, IntSupplier readers) {
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
    torrents(text, desk.shelf().sums());
    LoopProbe.Nodes nodes = desk.probe().nodes();
    text.head("sluice_dht_nodes", "gauge", "Nodes in the tables of the DHT.")
        .sample("sluice_dht_nodes", "family=\"ipv4\"", nodes.ipv4())
        .sample("sluice_dht_nodes", "family=\"ipv6\"", nodes.ipv6())
        .head("sluice_event_loop_lag_seconds", "histogram", "How late the loop was when asked.");
    desk.probe().lag().write(text, "sluice_event_loop_lag_seconds", "");
    events.write(text);
    text.gauge("sluice_disk_free_bytes", "Room for data.", Space.of(downloads).freeBytes());
    requests.write(text);
    text.gauge("http_sse_clients", "Who follows events.", readers.getAsInt());
    ProcessNumbers.write(text);
    return text.toString();
  }

  private static void torrents(MetricText text, Sums all) {
    text.head("sluice_torrents", "gauge", "Torrents by what they do.");
    for (Phase phase : Phase.values()) {
      String state = phase.name().toLowerCase(Locale.ROOT);
      text.sample("sluice_torrents", "state=\"" + state + "\"", all.in(phase));
    }
    text.gauge("sluice_peers", "Connected peers.", all.peers());
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
