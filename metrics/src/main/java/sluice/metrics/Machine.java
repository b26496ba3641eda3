package sluice.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;

/** What the process and its virtual machine tell of themselves. */
public final class Machine {
  private Machine() {}

  /**
   * Adds it to {@code registry}. States of threads are not among it: to look for deadlocks stops
   * all of them.
   */
  public static void register(PrometheusRegistry registry) {
    ProcessMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    GaugeWithCallback.builder()
        .name("jvm_threads_current")
        .help("Threads of the system.")
        .callback(gauge -> gauge.call(ManagementFactory.getThreadMXBean().getThreadCount()))
        .register(registry);
  }
}
