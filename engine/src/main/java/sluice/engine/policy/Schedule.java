package sluice.engine.policy;

import java.util.List;

/**
 * Which profile holds when. It is told the local minute of the week, so a change to or from summer
 * time repeats or leaves out what the wall clock does.
 *
 * @param usual holds when no other does; its spans do not matter
 * @param profiles the later ones win where they overlap
 */
public record Schedule(Profile usual, List<Profile> profiles) {
  /** Most profiles. */
  public static final int MAX_PROFILES = 1_000;

  public Schedule {
    profiles = List.copyOf(profiles);
    if (profiles.size() > MAX_PROFILES) {
      throw new IllegalArgumentException("more than " + MAX_PROFILES + " profiles");
    }
  }

  /** The profile that holds at {@code minuteOfWeek}, counted from Monday 00:00 local time. */
  public Profile at(int minuteOfWeek) {
    for (Profile profile : profiles.reversed()) {
      if (profile.covers(minuteOfWeek)) {
        return profile;
      }
    }
    return usual;
  }
}
