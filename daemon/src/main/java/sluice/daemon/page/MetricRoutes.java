package sluice.daemon.page;

import java.util.List;
import java.util.Locale;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.shelf.Space;
import sluice.daemon.shelf.Sums;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import sluice.engine.session.TorrentSnapshot.Phase;

/** Numbers for Prometheus, in its text format; nothing is said of single torrents. */
public record MetricRoutes(Shelf shelf, java.nio.file.Path downloads) {
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
    Sums all = shelf.sums();
    StringBuilder text = new StringBuilder();
    head(text, "sluice_torrents", "gauge", "Torrents by what they do.");
    for (Phase phase : Phase.values()) {
      String state = phase.name().toLowerCase(Locale.ROOT);
      text.append("sluice_torrents{state=\"" + state + "\"} " + all.in(phase) + "\n");
    }
    one(text, "sluice_peers", "gauge", "Connected peers.", all.peers());
    one(
        text,
        "sluice_swarm_peers_known",
        "gauge",
        "Addresses of peers that are known.",
        all.knownPeers());
    head(text, "sluice_payload_bytes_total", "counter", "Payload, all runs of the torrents there.");
    text.append("sluice_payload_bytes_total{direction=\"down\"} " + all.downloaded() + "\n");
    text.append("sluice_payload_bytes_total{direction=\"up\"} " + all.uploaded() + "\n");
    one(
        text,
        "sluice_wasted_bytes_total",
        "counter",
        "Payload received for nothing.",
        all.wasted());
    head(text, "sluice_payload_bytes_per_second", "gauge", "Payload at present.");
    text.append("sluice_payload_bytes_per_second{direction=\"down\"} " + all.downRate() + "\n");
    text.append("sluice_payload_bytes_per_second{direction=\"up\"} " + all.upRate() + "\n");
    one(text, "sluice_disk_free_bytes", "gauge", "Room for data.", Space.of(downloads).freeBytes());
    Runtime jvm = Runtime.getRuntime();
    one(
        text,
        "jvm_memory_used_bytes",
        "gauge",
        "Heap in use.",
        jvm.totalMemory() - jvm.freeMemory());
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
  }

  private static void one(StringBuilder text, String name, String type, String help, long value) {
    head(text, name, type, help);
    text.append(name + " " + value + "\n");
  }
}
