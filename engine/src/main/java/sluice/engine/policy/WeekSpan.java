package sluice.engine.policy;

import java.time.DayOfWeek;
import java.util.Collection;
import java.util.List;

/**
 * A part of the week in local time, in minutes since Monday 00:00. It may run over the end of the
 * week.
 *
 * @param fromMinute its first minute
 * @param minutes its length, a week at the most
 */
public record WeekSpan(int fromMinute, int minutes) {
  /** Minutes of a day. */
  public static final int DAY = 24 * 60;

  /** Minutes of a week. */
  public static final int WEEK = 7 * DAY;

  public WeekSpan {
    if (fromMinute < 0 || fromMinute >= WEEK || minutes < 1 || minutes > WEEK) {
      throw new IllegalArgumentException("no span of a week: " + fromMinute + " for " + minutes);
    }
  }

  /**
   * From {@code fromMinute} of each of {@code days} until {@code toMinute}, which is on the next
   * day unless it is later; both are minutes since midnight.
   */
  public static List<WeekSpan> daily(Collection<DayOfWeek> days, int fromMinute, int toMinute) {
    if (fromMinute < 0 || fromMinute >= DAY || toMinute < 0 || toMinute > DAY) {
      throw new IllegalArgumentException("no minutes of a day: " + fromMinute + ", " + toMinute);
    }
    int minutes = toMinute > fromMinute ? toMinute - fromMinute : toMinute + DAY - fromMinute;
    return days.stream()
        .map(day -> new WeekSpan((day.getValue() - 1) * DAY + fromMinute, minutes))
        .toList();
  }

  /** Whether {@code minuteOfWeek} is in it. */
  public boolean covers(int minuteOfWeek) {
    return Math.floorMod(minuteOfWeek - fromMinute, WEEK) < minutes;
  }
}
