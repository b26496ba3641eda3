package sluice.engine.policy;

import java.util.List;
import sluice.engine.rate.BandwidthPlan;

/**
 * What holds during a part of the week.
 *
 * @param name for people
 * @param spans when it holds
 * @param bandwidth limits and classes
 * @param paused no torrent runs but the forced ones
 */
public record Profile(String name, List<WeekSpan> spans, BandwidthPlan bandwidth, boolean paused) {
  /** Most spans of a profile. */
  public static final int MAX_SPANS = 1_000;

  public Profile {
    spans = List.copyOf(spans);
    if (spans.size() > MAX_SPANS) {
      throw new IllegalArgumentException("more than " + MAX_SPANS + " spans");
    }
  }

  boolean covers(int minuteOfWeek) {
    return spans.stream().anyMatch(span -> span.covers(minuteOfWeek));
  }
}
