package sluice.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.rate.BandwidthPlan;

class ScheduleTest {
  private static final int HOUR = 60;

  private static Profile profile(String name, List<WeekSpan> spans) {
    return new Profile(name, spans, BandwidthPlan.UNLIMITED, Optional.empty(), false);
  }

  private static int at(DayOfWeek day, int hour, int minute) {
    return (day.getValue() - 1) * WeekSpan.DAY + hour * HOUR + minute;
  }

  @Test
  void nightsRunOverMidnightAndOverTheEndOfTheWeek() {
    List<WeekSpan> nights =
        WeekSpan.daily(EnumSet.allOf(DayOfWeek.class), 23 * HOUR, 6 * HOUR + 30);
    Schedule schedule = new Schedule(profile("usual", List.of()), List.of(profile("n", nights)));
    for (DayOfWeek day : DayOfWeek.values()) {
      assertThat(schedule.at(at(day, 22, 59)).name()).isEqualTo("usual");
      assertThat(schedule.at(at(day, 23, 0)).name()).isEqualTo("n");
      assertThat(schedule.at(at(day, 0, 0)).name()).isEqualTo("n");
      assertThat(schedule.at(at(day, 6, 29)).name()).isEqualTo("n");
      assertThat(schedule.at(at(day, 6, 30)).name()).isEqualTo("usual");
    }
    List<WeekSpan> sunday = WeekSpan.daily(EnumSet.of(DayOfWeek.SUNDAY), 23 * HOUR, HOUR);
    Schedule once = new Schedule(profile("usual", List.of()), List.of(profile("s", sunday)));
    assertThat(once.at(at(DayOfWeek.MONDAY, 0, 59)).name()).isEqualTo("s");
    assertThat(once.at(at(DayOfWeek.MONDAY, 1, 0)).name()).isEqualTo("usual");
    assertThat(once.at(at(DayOfWeek.SATURDAY, 23, 30)).name()).isEqualTo("usual");
  }

  @Test
  void laterProfilesWin() {
    Profile all = profile("all", List.of(new WeekSpan(500, WeekSpan.WEEK)));
    Profile work =
        profile(
            "work",
            WeekSpan.daily(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 8 * HOUR, 18 * HOUR));
    Profile lunch =
        profile("lunch", WeekSpan.daily(EnumSet.of(DayOfWeek.TUESDAY), 12 * HOUR, 13 * HOUR));
    Schedule schedule = new Schedule(profile("usual", List.of()), List.of(all, work, lunch));
    assertThat(schedule.at(at(DayOfWeek.TUESDAY, 12, 30)).name()).isEqualTo("lunch");
    assertThat(schedule.at(at(DayOfWeek.TUESDAY, 13, 0)).name()).isEqualTo("work");
    assertThat(schedule.at(at(DayOfWeek.SUNDAY, 12, 30)).name()).isEqualTo("all");
    assertThat(new Schedule(all, List.of()).at(3)).isEqualTo(all);
  }

  /** Every minute of a week against a picture of it, painted span by span. */
  @Test
  void agreesWithAPicture() {
    java.util.SplittableRandom random = new java.util.SplittableRandom(7);
    String[] picture = new String[WeekSpan.WEEK];
    java.util.Arrays.fill(picture, "usual");
    List<Profile> profiles = new java.util.ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<WeekSpan> spans = new java.util.ArrayList<>();
      for (int k = random.nextInt(4); k >= 0; k--) {
        int from = random.nextInt(WeekSpan.WEEK);
        int minutes = 1 + random.nextInt(2_000);
        spans.add(new WeekSpan(from, minutes));
        for (int m = from; m < from + minutes; m++) {
          picture[m % WeekSpan.WEEK] = "p" + i;
        }
      }
      profiles.add(profile("p" + i, spans));
    }
    Schedule schedule = new Schedule(profile("usual", List.of()), profiles);
    for (int m = 0; m < WeekSpan.WEEK; m++) {
      assertThat(schedule.at(m).name()).as("seed 7, minute " + m).isEqualTo(picture[m]);
    }
  }

  @Test
  void spansAreWithinAWeek() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WeekSpan(-1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new WeekSpan(WeekSpan.WEEK, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new WeekSpan(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new WeekSpan(0, WeekSpan.WEEK + 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeekSpan.daily(List.of(DayOfWeek.MONDAY), 1_440, 5));
  }
}
