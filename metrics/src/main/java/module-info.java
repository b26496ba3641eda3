/** How those who serve tell their numbers to Prometheus. */
module sluice.metrics {
  requires static transitive org.jspecify;
  requires transitive io.prometheus.metrics.core;
  requires transitive io.prometheus.metrics.model;
  requires io.prometheus.metrics.instrumentation.jvm;
  requires io.prometheus.writer.text;
  requires java.management;

  exports sluice.metrics;
}
