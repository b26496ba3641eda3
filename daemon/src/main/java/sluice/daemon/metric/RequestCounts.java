package sluice.daemon.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Requests by route and status, and how long their answers took. Any thread. */
public final class RequestCounts {
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, Durations> durations = new ConcurrentSkipListMap<>();

  /** Nothing was asked yet. */
  public RequestCounts() {}

  /**
   * One more.
   *
   * @param route its pattern, of which there are few; empty if there is none
   * @param nanos until the answer was there, without what is streamed
   */
  public void add(String route, int status, long nanos) {
    String labels = "route=\"" + route + "\"";
    counts
        .computeIfAbsent(labels + ",code=\"" + status + "\"", each -> new LongAdder())
        .increment();
    durations.computeIfAbsent(labels, each -> new Durations()).add(nanos);
  }

  /** Writes all of them. */
  public void write(MetricText text) {
    text.head("http_requests_total", "counter", "Requests that were answered.");
    counts.forEach((labels, count) -> text.sample("http_requests_total", labels, count.sum()));
    text.head("http_request_duration_seconds", "histogram", "Time until the answer was there.");
    durations.forEach(
        (labels, took) -> text.histogram("http_request_duration_seconds", labels, took.told()));
  }
}
