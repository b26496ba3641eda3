package sluice.ledger.api;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.LongSupplier;
import sluice.metrics.Exposition;
import sluice.metrics.Machine;

/** Numbers of a hub for Prometheus. Any thread. */
final class Metrics {
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("sluice_ledger_requests_total")
          .help("Requests that were answered.")
          .labelNames("route", "status")
          .register(registry);
  private final Counter refusals =
      Counter.builder()
          .name("sluice_ledger_refusals_total")
          .help("Requests that were refused, by the code of the answer.")
          .labelNames("code")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("sluice_ledger_request_seconds")
          .help("Time until the answer was there.")
          .classicOnly()
          .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
          .labelNames("route")
          .register(registry);

  /** None yet, and what the machine tells. */
  Metrics() {
    Machine.register(registry);
  }

  /** Tells {@code value}, too, whenever it is asked for. */
  void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name("sluice_ledger_" + name)
        .help(help)
        .callback(gauge -> gauge.call((double) value.getAsLong()))
        .register(registry);
  }

  /** A request was answered. */
  void answered(String route, int status, long nanos) {
    requests.labelValues(route, Integer.toString(status)).inc();
    seconds.labelValues(route).observe(nanos / NANOS);
  }

  /** A request was refused. */
  void refused(String code) {
    refusals.labelValues(code).inc();
  }

  /** What is sent to who accepts {@code types}. */
  Exposition told(String types) {
    return Exposition.of(types, registry.scrape());
  }
}
