package sluice.daemon.qbittorrent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.web.Json;
import tools.jackson.databind.node.ObjectNode;

/** At which hours of which days the alternative limits hold. */
record HourPreferences(Preferences preferences) {
  private static final int HOUR = 60;
  private static final int LAST_HOUR = 23;
  private static final String DAYS = "scheduler_days";

  /** By number in this API: every day, from Monday to Friday, the others, Monday, and so on. */
  private static final List<Long> MASKS = List.of(127L, 62L, 65L, 2L, 4L, 8L, 16L, 32L, 64L, 1L);

  void tell(ObjectNode all) {
    tell(all, "schedule_from", Preference.ALTERNATIVE_FROM);
    tell(all, "schedule_to", Preference.ALTERNATIVE_TO);
    // Days that others chose and that have no number here are shown as every day.
    all.put(DAYS, Math.max(0, MASKS.indexOf(preferences.get(Preference.ALTERNATIVE_DAYS))));
  }

  private void tell(ObjectNode all, String name, Preference preference) {
    long minute = preferences.get(preference);
    all.put(name + "_hour", minute / HOUR).put(name + "_min", minute % HOUR);
  }

  /** Adds what {@code said} changes to {@code changed}; hours that there are not are left out. */
  void read(ObjectNode said, Map<Preference, Long> changed) {
    read(said, "schedule_from", Preference.ALTERNATIVE_FROM, changed);
    read(said, "schedule_to", Preference.ALTERNATIVE_TO, changed);
    Json.number(said, DAYS)
        .filter(days -> days >= 0 && days < MASKS.size())
        .ifPresent(days -> changed.put(Preference.ALTERNATIVE_DAYS, MASKS.get((int) (long) days)));
  }

  private void read(
      ObjectNode said, String name, Preference preference, Map<Preference, Long> changed) {
    long before = preferences.get(preference);
    Optional<Long> hour = Json.number(said, name + "_hour").filter(h -> h >= 0 && h <= LAST_HOUR);
    Optional<Long> minute = Json.number(said, name + "_min").filter(m -> m >= 0 && m < HOUR);
    if (hour.isPresent() || minute.isPresent()) {
      changed.put(preference, hour.orElse(before / HOUR) * HOUR + minute.orElse(before % HOUR));
    }
  }
}
