package sluice.tracker.load;

import java.util.Locale;

/** JSON lines of a load for the bench. */
final class Tell {
  private Tell() {}

  static void event(String event, String fields) {
    System.out.println(String.format(Locale.ROOT, "{\"event\":\"%s\",%s}", event, fields));
  }

  /** What was measured from {@code beginNanos} on, when {@link #cpuNanos} was {@code cpuNanos}. */
  static void measured(
      long beginNanos, long cpuNanos, long answers, long wrong, long lost, Histogram times) {
    double took = System.nanoTime() - beginNanos;
    event(
        "measured",
        String.format(
            Locale.ROOT,
            "\"answers\":%d,\"per_second\":%.0f,\"wrong\":%d,\"lost\":%d,\"p50_us\":%d,"
                + "\"p99_us\":%d,\"gap_us\":%d,\"cpu_percent\":%.0f",
            answers,
            answers * 1e9 / took,
            wrong,
            lost,
            times.micros(0.5),
            times.micros(0.99),
            times.longestGapMicros(),
            100 * (cpuNanos() - cpuNanos) / took));
  }

  /** Processor time of this process so far. */
  static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
