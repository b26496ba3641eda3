package sluice.tracker.page;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import sluice.metrics.Exposition;
import sluice.metrics.Machine;
import sluice.tracker.http.Page;
import sluice.tracker.service.ClusterState;
import sluice.tracker.service.Counters;
import sluice.tracker.service.Tally;
import sluice.tracker.service.TrackerCore;

/** The tracker's figures for Prometheus. Any thread. */
final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  /** Of {@code core}; a tracker that is alone tells nothing of a {@code cluster}. */
  Metrics(TrackerCore core, Supplier<Optional<ClusterState>> cluster) {
    CounterWithCallback.builder()
        .name("sluice_tracker_requests_total")
        .help("Requests by what became of them.")
        .labelNames("way", "kind")
        .callback(requests -> requests(requests, core.counters()))
        .register(registry);
    gauge("swarms", "Torrents.", () -> core.store().counts().swarms());
    GaugeWithCallback.builder()
        .name("sluice_tracker_peers")
        .help("Peers by family.")
        .labelNames("family")
        .callback(peers -> {
          peers.call((double) core.store().counts().ipv4Peers(), "ipv4");
          peers.call((double) core.store().counts().ipv6Peers(), "ipv6");
        })
        .register(registry);
    gauge("seeds", "Peers with everything.", () -> core.store().counts().seeds());
    gauge("store_bytes", "Memory of the swarms.", () -> core.store().counts().bytes());
    gauge("interval_seconds", "When peers shall come back.", () -> core.pace().seconds());
    cluster(cluster);
    Machine.register(registry);
  }

  /** What is sent to who accepts {@code types}. */
  Page page(String types) {
    Exposition told = Exposition.of(types, registry.scrape());
    return new Page(200, told.type(), told.body());
  }

  private void cluster(Supplier<Optional<ClusterState>> cluster) {
    GaugeWithCallback.builder()
        .name("sluice_tracker_cluster_connected")
        .help("1 if the store of the cluster is there.")
        .callback(gauge -> cluster.get().ifPresent(s -> gauge.call(s.connected() ? 1 : 0)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("sluice_tracker_cluster_behind_milliseconds")
        .help("Age of what is known of the others, when more was told.")
        .callback(gauge -> cluster.get().ifPresent(s -> gauge.call((double) s.behindMillis())))
        .register(registry);
    CounterWithCallback.builder()
        .name("sluice_tracker_cluster_dropped_total")
        .help("Announces not told to the others.")
        .callback(counter -> cluster.get().ifPresent(s -> counter.call((double) s.dropped())))
        .register(registry);
  }

  private static void requests(CounterWithCallback.Callback requests, Counters counters) {
    way(requests, "udp", counters.udp());
    way(requests, "http", counters.http());
    way(requests, "websocket", counters.websocket());
  }

  private static void way(CounterWithCallback.Callback requests, String way, Tally tally) {
    count(requests, tally.connects(), way, "connect");
    count(requests, tally.announces(), way, "announce");
    count(requests, tally.scrapes(), way, "scrape");
    count(requests, tally.refused(), way, "refused");
    count(requests, tally.malformed(), way, "malformed");
  }

  private static void count(
      CounterWithCallback.Callback requests, LongAdder count, String way, String kind) {
    requests.call((double) count.sum(), way, kind);
  }

  private void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name("sluice_tracker_" + name)
        .help(help)
        .callback(gauge -> gauge.call((double) value.getAsLong()))
        .register(registry);
  }
}
