package sluice.engine.session;

import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.port.Calendar;
import sluice.engine.port.Loop;
import sluice.engine.rate.Bandwidth;
import sluice.engine.rate.BandwidthPlan;

/**
 * Applies what holds at the time: the profile that the user has chosen, else the one that the
 * schedule says, else the usual limits. Loop only.
 */
final class Timetable {
  private final Loop loop;
  private final Calendar calendar;
  private final Bandwidth bandwidth;
  private final QueueKeeper queue;
  private final Consumer<EngineEvent> events;
  private BandwidthPlan usualBandwidth;
  private QueueLimits usualQueue;
  private Optional<Schedule> schedule = Optional.empty();
  private Optional<Profile> chosen = Optional.empty();

  /** What has been applied. */
  private Optional<Profile> holding = Optional.empty();

  /** The minute of the week at which the schedule was asked. */
  private int minute = -1;

  Timetable(
      Loop loop,
      Calendar calendar,
      Bandwidth bandwidth,
      QueueKeeper queue,
      QueueLimits usualQueue,
      Consumer<EngineEvent> events) {
    this.loop = loop;
    this.calendar = calendar;
    this.bandwidth = bandwidth;
    this.queue = queue;
    this.usualBandwidth = bandwidth.plan();
    this.usualQueue = usualQueue;
    this.events = events;
  }

  /** Changes the limits that hold when no profile does. */
  void usual(BandwidthPlan plan) {
    usualBandwidth = plan;
    if (holding.isEmpty()) {
      bandwidth.apply(plan, loop.now());
    }
  }

  /** Changes how many torrents run where no profile says it. */
  void usual(QueueLimits limits) {
    usualQueue = limits;
    queue.limits(holding.flatMap(Profile::queue).orElse(limits), isPaused());
  }

  /** Changes what holds when; without a schedule the usual limits do. */
  void schedule(Optional<Schedule> changed) {
    schedule = changed;
    minute = -1;
    tick();
  }

  /** Lets {@code profile} hold whatever the schedule says, or the schedule again. */
  void choose(Optional<Profile> profile) {
    chosen = profile;
    minute = -1;
    tick();
  }

  /** A second has passed. */
  void tick() {
    if (chosen.isPresent()) {
      hold(chosen);
    } else if (schedule.isPresent()) {
      int shown = calendar.now().minuteOfWeek();
      if (shown != minute) {
        minute = shown;
        hold(schedule.map(s -> s.at(shown)));
      }
    } else {
      hold(Optional.empty());
    }
  }

  private void hold(Optional<Profile> next) {
    if (next.equals(holding)) {
      return;
    }
    holding = next;
    bandwidth.apply(next.map(Profile::bandwidth).orElse(usualBandwidth), loop.now());
    queue.limits(next.flatMap(Profile::queue).orElse(usualQueue), isPaused());
    events.accept(new EngineEvent.ProfileHolds(next.map(Profile::name)));
  }

  private boolean isPaused() {
    return holding.map(Profile::paused).orElse(false);
  }
}
