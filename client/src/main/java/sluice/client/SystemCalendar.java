package sluice.client;

import java.time.LocalDateTime;
import java.time.ZoneId;
import sluice.engine.port.Calendar;

/** The local time by the clock and the default zone of the machine, both asked each time. */
final class SystemCalendar implements Calendar {
  @Override
  public Moment now() {
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    return new Moment(now.getDayOfWeek(), now.toLocalTime().toSecondOfDay());
  }
}
