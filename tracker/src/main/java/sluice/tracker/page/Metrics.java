package sluice.tracker.page;

import java.util.Optional;
import sluice.tracker.service.ClusterState;
import sluice.tracker.service.Counters;
import sluice.tracker.service.Tally;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreCounts;

/** The tracker's figures in the text format of Prometheus, version 0.0.4. */
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(2_048);

  private Metrics() {}

  static String of(TrackerCore core, Optional<ClusterState> cluster) {
    Metrics metrics = new Metrics();
    Counters counters = core.counters();
    metrics.head("sluice_tracker_requests_total", "counter", "Requests by what became of them.");
    metrics.way("udp", counters.udp());
    metrics.way("http", counters.http());
    metrics.way("websocket", counters.websocket());
    StoreCounts counts = core.store().counts();
    metrics.gauge("sluice_tracker_swarms", "Torrents.", counts.swarms());
    metrics.head("sluice_tracker_peers", "gauge", "Peers by family.");
    metrics.line("sluice_tracker_peers{family=\"ipv4\"}", counts.ipv4Peers());
    metrics.line("sluice_tracker_peers{family=\"ipv6\"}", counts.ipv6Peers());
    metrics.gauge("sluice_tracker_seeds", "Peers with everything.", counts.seeds());
    metrics.gauge("sluice_tracker_store_bytes", "Memory of the swarms.", counts.bytes());
    metrics.gauge(
        "sluice_tracker_interval_seconds", "When peers shall come back.", core.pace().seconds());
    metrics.cluster(cluster);
    Runtime runtime = Runtime.getRuntime();
    metrics.gauge(
        "jvm_heap_used_bytes", "Heap in use.", runtime.totalMemory() - runtime.freeMemory());
    metrics.gauge("jvm_heap_max_bytes", "Largest heap.", runtime.maxMemory());
    return metrics.text.toString();
  }

  /** A tracker that is alone has no values. */
  private void cluster(Optional<ClusterState> cluster) {
    String connected = "sluice_tracker_cluster_connected";
    head(connected, "gauge", "1 if the store of the cluster is there.");
    cluster.ifPresent(state -> line(connected, state.connected() ? 1 : 0));
    String behind = "sluice_tracker_cluster_behind_milliseconds";
    head(behind, "gauge", "Age of what is known of the others, when more was told.");
    cluster.ifPresent(state -> line(behind, state.behindMillis()));
    String dropped = "sluice_tracker_cluster_dropped_total";
    head(dropped, "counter", "Announces not told to the others.");
    cluster.ifPresent(state -> line(dropped, state.dropped()));
  }

  private void way(String way, Tally tally) {
    request(way, "connect", tally.connects().sum());
    request(way, "announce", tally.announces().sum());
    request(way, "scrape", tally.scrapes().sum());
    request(way, "refused", tally.refused().sum());
    request(way, "malformed", tally.malformed().sum());
  }

  private void request(String way, String kind, long count) {
    line("sluice_tracker_requests_total{way=\"" + way + "\",kind=\"" + kind + "\"}", count);
  }

  private void gauge(String name, String help, long value) {
    head(name, "gauge", help);
    line(name, value);
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void line(String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
