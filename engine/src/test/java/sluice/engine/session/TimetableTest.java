package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.session.TorrentSnapshot.Phase.DOWNLOADING;
import static sluice.engine.session.TorrentSnapshot.Phase.QUEUED;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.WeekSpan;
import sluice.engine.port.Calendar.Moment;
import sluice.engine.rate.Bandwidth;
import sluice.engine.rate.BandwidthPlan;

/** Limits that depend on the time of the week. */
class TimetableTest {
  private static final int HOUR = 60;

  private static final BandwidthPlan DAY = BandwidthPlan.limits(2_000, 200);
  private static final BandwidthPlan NIGHT = BandwidthPlan.limits(9_000, 900);

  private static final Schedule SCHEDULE =
      new Schedule(
          new Profile("day", List.of(), DAY, Optional.empty(), false),
          List.of(
              new Profile(
                  "night",
                  WeekSpan.daily(EnumSet.allOf(DayOfWeek.class), 22 * HOUR, 6 * HOUR),
                  NIGHT,
                  Optional.of(new QueueLimits(2, 2, 2, 2)),
                  false),
              new Profile(
                  "sunday",
                  WeekSpan.daily(EnumSet.of(DayOfWeek.SUNDAY), 8 * HOUR, 20 * HOUR),
                  DAY,
                  Optional.empty(),
                  true)));

  private static Profile queue(String name, QueueLimits limits) {
    return new Profile(name, List.of(), NIGHT, Optional.of(limits), false);
  }

  private static Moment at(DayOfWeek day, int hour, int minute) {
    return new Moment(day, hour * 3_600 + minute * 60);
  }

  private static List<String> profiles(QueueWorld world) {
    return world.events.stream()
        .filter(EngineEvent.ProfileHolds.class::isInstance)
        .map(e -> ((EngineEvent.ProfileHolds) e).name().orElse("usual"))
        .toList();
  }

  private static void show(QueueWorld world, Moment moment) {
    world.moment = moment;
    world.loop.runSeconds(2);
  }

  @Test
  void theQueueFollowsTheSchedule() {
    QueueWorld world = new QueueWorld(Policies.NONE.schedule(SCHEDULE));
    show(world, at(DayOfWeek.TUESDAY, 12, 0));
    world.add(3, false);
    assertThat(world.phases()).containsOnly(DOWNLOADING);
    show(world, at(DayOfWeek.TUESDAY, 22, 0));
    assertThat(world.phases()).containsExactly(DOWNLOADING, DOWNLOADING, QUEUED);
    show(world, at(DayOfWeek.SUNDAY, 8, 0));
    assertThat(world.phases()).containsOnly(QUEUED);
    world.command(1, new Command.Force());
    assertThat(world.phases()).containsExactly(QUEUED, DOWNLOADING, QUEUED);
    show(world, at(DayOfWeek.SUNDAY, 20, 0));
    assertThat(world.phases()).containsOnly(DOWNLOADING);
    assertThat(profiles(world)).containsExactly("night", "day", "night", "sunday", "day");
  }

  @Test
  void aClockThatJumpsIsBelieved() {
    QueueWorld world = new QueueWorld(Policies.NONE.schedule(SCHEDULE));
    show(world, at(DayOfWeek.SATURDAY, 5, 59));
    assertThat(profiles(world)).endsWith("night");
    show(world, at(DayOfWeek.SATURDAY, 7, 0));
    assertThat(profiles(world)).as("into summer time").endsWith("day");
    show(world, at(DayOfWeek.SATURDAY, 5, 0));
    assertThat(profiles(world)).as("and back").endsWith("night");
    show(world, at(DayOfWeek.SUNDAY, 9, 0));
    assertThat(profiles(world)).as("to the other side of the world").endsWith("sunday");
  }

  @Test
  void theUsersChoiceHoldsUntilItIsTakenBack() {
    QueueWorld world = new QueueWorld(Policies.NONE);
    world.add(2, false);
    world.engine.choose(Optional.of(queue("slow", new QueueLimits(1, 1, 1, 1))));
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(DOWNLOADING, QUEUED);
    world.engine.schedule(Optional.of(SCHEDULE));
    world.loop.runSeconds(1);
    assertThat(profiles(world)).containsExactly("slow");
    world.engine.choose(Optional.empty());
    world.loop.runSeconds(1);
    assertThat(profiles(world)).containsExactly("slow", "night");
    world.engine.schedule(Optional.empty());
    world.loop.runSeconds(1);
    assertThat(profiles(world)).containsExactly("slow", "night", "usual");
    assertThat(world.phases()).containsOnly(DOWNLOADING);
  }

  @Test
  void usualLimitsThatChangeUnderAProfileHoldAfterIt() {
    QueueWorld world = new QueueWorld(Policies.NONE);
    world.add(2, false);
    world.engine.choose(Optional.of(Profile.always("other", NIGHT)));
    world.engine.queue(new QueueLimits(1, 1, 1, 1));
    world.loop.runSeconds(1);
    assertThat(world.phases()).as("left to the session").containsExactly(DOWNLOADING, QUEUED);
    world.engine.choose(Optional.of(queue("open", QueueLimits.OPEN)));
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsOnly(DOWNLOADING);
    world.engine.queue(new QueueLimits(0, 0, 0, 1));
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsOnly(DOWNLOADING);
    world.engine.choose(Optional.empty());
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsOnly(QUEUED);
  }

  @Test
  void bandwidthFollowsTheProfile() {
    QueueWorld world = new QueueWorld(Policies.NONE);
    Bandwidth bandwidth = new Bandwidth(DAY, world.loop.now());
    QueueKeeper queue = new QueueKeeper(world.loop, QueueLimits.OPEN, world.events::add);
    Timetable table =
        new Timetable(
            world.loop, () -> world.moment, bandwidth, queue, QueueLimits.OPEN, world.events::add);
    assertThat(bandwidth.plan().down()).isEqualTo(DAY.down());
    table.choose(Optional.of(Profile.always("night", NIGHT)));
    assertThat(bandwidth.plan().down()).isEqualTo(NIGHT.down());
    table.usual(BandwidthPlan.limits(1, 1));
    assertThat(bandwidth.plan().down()).isEqualTo(NIGHT.down());
    table.choose(Optional.empty());
    assertThat(bandwidth.plan().down()).isEqualTo(1);
    table.schedule(Optional.of(SCHEDULE));
    assertThat(bandwidth.plan().up()).as("Monday, 00:00").isEqualTo(NIGHT.up());
  }
}
