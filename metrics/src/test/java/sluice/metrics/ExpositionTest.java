package sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;

/** Who asks gets the format that it accepts. */
class ExpositionTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  ExpositionTest() {
    Counter.builder()
        .name("loads_total")
        .help("Loads.")
        .labelNames("of")
        .register(registry)
        .labelValues("a\"b\n")
        .inc(2);
    GaugeWithCallback.builder().name("none").callback(gauge -> {}).register(registry);
  }

  @Test
  void textOfPrometheusUnlessOpenMetricsIsAccepted() {
    for (String accept : new String[] {"", "*/*", "text/plain", "application/json", ",;,"}) {
      Exposition told = Exposition.of(accept, registry.scrape());
      assertThat(told.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
      assertThat(told.body())
          .isEqualTo(
              "# HELP loads_total Loads.\n# TYPE loads_total counter\n"
                  + "loads_total{of=\"a\\\"b\\n\"} 2.0\n");
    }
  }

  @Test
  void openMetricsForPrometheusItself() {
    String accept =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
            + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
    Exposition told = Exposition.of(accept, registry.scrape());
    assertThat(told.type()).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(told.body()).contains("# TYPE loads counter\n").endsWith("# EOF\n");
  }

  /** There is no writer for it here. */
  @Test
  void protobufIsNotWritten() {
    String accept =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    assertThat(Exposition.of(accept, registry.scrape()).type()).startsWith("text/plain");
  }

  @Test
  void theMachineTellsOfItself() {
    Machine.register(registry);
    assertThat(Exposition.of("", registry.scrape()).body())
        .contains(
            "\nprocess_cpu_seconds_total ",
            "\nprocess_start_time_seconds ",
            "\njvm_memory_used_bytes{area=\"heap\"} ",
            "\njvm_gc_collection_seconds_count{gc=\"",
            "\njvm_threads_current ");
  }
}
