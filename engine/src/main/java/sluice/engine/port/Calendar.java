package sluice.engine.port;

import java.time.DayOfWeek;

/**
 * The local time of people. It is asked again and again and never reckoned with, as it jumps: into
 * and out of summer time, to another zone, or because somebody sets the clock. Loop only.
 */
public interface Calendar {
  /** One in which it is always the first minute of a week. */
  Calendar NONE = () -> new Moment(DayOfWeek.MONDAY, 0);

  /** What the clock on the wall shows. */
  Moment now();

  /**
   * A time of the week.
   *
   * @param secondOfDay since midnight, as the clock shows it
   */
  record Moment(DayOfWeek day, int secondOfDay) {
    private static final int DAY_SECONDS = 24 * 60 * 60;
    private static final int DAY_MINUTES = 24 * 60;

    public Moment {
      if (secondOfDay < 0 || secondOfDay >= DAY_SECONDS) {
        throw new IllegalArgumentException("no second of a day: " + secondOfDay);
      }
    }

    /** Minutes since Monday 00:00. */
    public int minuteOfWeek() {
      return (day.getValue() - 1) * DAY_MINUTES + secondOfDay / 60;
    }
  }
}
