package sluice.daemon.metric;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sluice.engine.count.Times;

/** Metrics while they are collected for one answer. One thread at a time. */
public final class Scrape {
  private static final double NANOS = 1e9;
  private static final List<Double> BOUNDS =
      Stream.concat(Times.SECONDS.stream(), Stream.of(Double.POSITIVE_INFINITY)).toList();

  private final List<MetricSnapshot.Builder<?>> metrics = new ArrayList<>();
  private final List<MetricSnapshot> complete = new ArrayList<>();

  /** Nothing yet. */
  public Scrape() {}

  /** Takes samples of one metric. */
  @FunctionalInterface
  public interface Samples {
    /** Adds one. */
    void put(double value, Labels labels);

    /** Adds one; {@code labels} are names and values by turns. */
    default Samples sample(double value, String... labels) {
      put(value, Labels.of(labels));
      return this;
    }

    /** The same of a whole number; beyond 2^53 it is rounded. */
    default Samples sample(long value, String... labels) {
      return sample((double) value, labels);
    }

    /** What comes and what goes, by direction. */
    default Samples both(long down, long up) {
      return sample(down, "direction", "down").sample(up, "direction", "up");
    }
  }

  /** Takes histograms of one metric. */
  @FunctionalInterface
  public interface Timings {
    /** Adds one. */
    void put(Times.Told times, Labels labels);

    /** Adds one; {@code labels} are names and values by turns. */
    default Timings sample(Times.Told times, String... labels) {
      put(times, Labels.of(labels));
      return this;
    }
  }

  /** A metric that never falls; its name ends in {@code _total}. */
  public Samples counter(String name, String help) {
    CounterSnapshot.Builder metric = begin(CounterSnapshot.builder(), name, help);
    return (value, labels) ->
        metric.dataPoint(CounterDataPointSnapshot.builder().value(value).labels(labels).build());
  }

  /** A metric that rises and falls. */
  public Samples gauge(String name, String help) {
    GaugeSnapshot.Builder metric = begin(GaugeSnapshot.builder(), name, help);
    return (value, labels) ->
        metric.dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(labels).build());
  }

  /** How long something takes; its name ends in {@code _seconds}. */
  public Timings histogram(String name, String help) {
    HistogramSnapshot.Builder metric = begin(HistogramSnapshot.builder(), name, help);
    return (times, labels) ->
        metric.dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, times.counts()))
                .sum(times.nanos() / NANOS)
                .labels(labels)
                .build());
  }

  private <T extends MetricSnapshot.Builder<T>> T begin(T metric, String name, String help) {
    metrics.add(metric);
    return metric.name(name).help(help);
  }

  /** Metrics that others have collected. */
  public void add(MetricSnapshots others) {
    others.forEach(complete::add);
  }

  /** All of them, as they are sent. */
  public MetricSnapshots snapshots() {
    Stream<MetricSnapshot> built = metrics.stream().map(MetricSnapshot.Builder::build);
    return new MetricSnapshots(Stream.concat(complete.stream(), built).toList());
  }
}
