package sluice.ledger.api;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, in the text format of Prometheus. Any thread. */
final class Metrics {
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
  };

  private final Map<String, LongAdder> requests = new TreeMap<>();
  private final Map<String, Histogram> seconds = new TreeMap<>();
  private final Map<String, LongAdder> refusals = new TreeMap<>();

  private static final class Histogram {
    private final long[] counts = new long[BOUNDS.length + 1];
    private long nanos;

    void add(long time) {
      int bucket = Arrays.binarySearch(BOUNDS, time / 1e9);
      counts[bucket < 0 ? -bucket - 1 : bucket]++;
      nanos += time;
    }
  }

  /** A request was answered. */
  synchronized void answered(String route, int status, long nanos) {
    String labels = "route=\"" + route + "\",status=\"" + status + "\"";
    requests.computeIfAbsent(labels, key -> new LongAdder()).increment();
    seconds.computeIfAbsent(route, key -> new Histogram()).add(nanos);
  }

  /** A request was refused. */
  synchronized void refused(String code) {
    refusals.computeIfAbsent(code, key -> new LongAdder()).increment();
  }

  /** All of it, and {@code gauges} by their names. */
  synchronized String text(Map<String, Long> gauges) {
    StringBuilder out = new StringBuilder();
    out.append("# TYPE sluice_ledger_requests_total counter\n");
    requests.forEach(
        (labels, count) -> line(out, "sluice_ledger_requests_total{" + labels + "}", count.sum()));
    out.append("# TYPE sluice_ledger_refusals_total counter\n");
    refusals.forEach((code, count) ->
        line(out, "sluice_ledger_refusals_total{code=\"" + code + "\"}", count.sum()));
    out.append("# TYPE sluice_ledger_request_seconds histogram\n");
    seconds.forEach((route, histogram) -> histogram(out, route, histogram));
    new TreeMap<>(gauges)
        .forEach((name, value) -> {
          out.append("# TYPE sluice_ledger_").append(name).append(" gauge\n");
          line(out, "sluice_ledger_" + name, value);
        });
    return out.toString();
  }

  private static void histogram(StringBuilder out, String route, Histogram histogram) {
    String name = "sluice_ledger_request_seconds";
    long sum = 0;
    for (int i = 0; i < histogram.counts.length; i++) {
      sum += histogram.counts[i];
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      line(out, name + "_bucket{route=\"" + route + "\",le=\"" + bound + "\"}", sum);
    }
    line(out, name + "_count{route=\"" + route + "\"}", sum);
    out.append(name).append("_sum{route=\"").append(route).append("\"} ");
    out.append(histogram.nanos / 1e9).append('\n');
  }

  private static void line(StringBuilder out, String name, long value) {
    out.append(name).append(' ').append(value).append('\n');
  }
}
