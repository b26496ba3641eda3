package sluice.daemon.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Requests by route and status, and how long their answers took. Any thread. */
public final class RequestCounts {
  private final Map<Answer, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Durations> durations = new ConcurrentHashMap<>();

  /** Nothing was asked yet. */
  public RequestCounts() {}

  private record Answer(String route, int status) {}

  /**
   * One more.
   *
   * @param route its pattern, of which there are few; empty if there is none
   * @param nanos until the answer was there, without what is streamed
   */
  public void add(String route, int status, long nanos) {
    counts.computeIfAbsent(new Answer(route, status), each -> new LongAdder()).increment();
    durations.computeIfAbsent(route, each -> new Durations()).add(nanos);
  }

  /** Writes all of them. */
  public void write(Scrape scrape) {
    Scrape.Samples answered = scrape.counter("http_requests_total", "Requests that were answered.");
    counts.forEach((answer, count) ->
        answered.sample(
            count.sum(), "route", answer.route(), "code", Integer.toString(answer.status())));
    Scrape.Timings took =
        scrape.histogram("http_request_duration_seconds", "Time until the answer was there.");
    durations.forEach((route, each) -> took.sample(each.told(), "route", route));
  }
}
