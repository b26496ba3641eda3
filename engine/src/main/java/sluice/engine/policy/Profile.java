package sluice.engine.policy;

import java.util.List;
import java.util.Optional;
import sluice.engine.rate.BandwidthPlan;

/**
 * What holds during a part of the week.
 *
 * @param name for people
 * @param spans when it holds
 * @param bandwidth limits and classes
 * @param queue how many torrents run; empty: as many as usual
 * @param paused no torrent runs but the forced ones
 */
public record Profile(
    String name,
    List<WeekSpan> spans,
    BandwidthPlan bandwidth,
    Optional<QueueLimits> queue,
    boolean paused) {
  /** Most spans of a profile. */
  public static final int MAX_SPANS = 1_000;

  public Profile {
    spans = List.copyOf(spans);
    if (spans.size() > MAX_SPANS) {
      throw new IllegalArgumentException("more than " + MAX_SPANS + " spans");
    }
  }

  /** One that does not depend on the time, such as for a while of other limits. */
  public static Profile always(String name, BandwidthPlan bandwidth) {
    return new Profile(name, List.of(), bandwidth, Optional.empty(), false);
  }

  boolean covers(int minuteOfWeek) {
    return spans.stream().anyMatch(span -> span.covers(minuteOfWeek));
  }
}
