package sluice.daemon.shelf;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import sluice.engine.policy.WeekSpan;

/**
 * Turns the alternative limits on and off at hours that users set. Between these times users turn
 * them as they like. A thread of its own looks at the clock.
 */
public final class SlowHours implements AutoCloseable {
  private static final int LOOK_SECONDS = 1;

  private final Preferences preferences;
  private final Supplier<LocalDateTime> clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Seen> last = Optional.empty();

  /** What held when the clock was looked at. */
  private record Seen(int from, int to, int days, boolean slow) {}

  /** Hours of local time by {@code clock}; nobody looks at it before {@link #start}. */
  public SlowHours(Preferences preferences, Supplier<LocalDateTime> clock) {
    this.preferences = preferences;
    this.clock = clock;
  }

  /** Begins to look. */
  public void start() {
    Thread.ofVirtual().name("slow-hours").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Turns the limits if the hour or what was set of hours wants it. */
  void look() {
    if (!preferences.is(Preference.ALTERNATIVE_BY_HOUR)) {
      last = Optional.empty();
      return;
    }
    int from = (int) preferences.get(Preference.ALTERNATIVE_FROM);
    int to = (int) preferences.get(Preference.ALTERNATIVE_TO);
    int days = (int) preferences.get(Preference.ALTERNATIVE_DAYS);
    Optional<Seen> seen =
        Optional.of(new Seen(from, to, days, covers(days, from, to, clock.get())));
    if (!seen.equals(last)) {
      last = seen;
      preferences.set(Preference.ALTERNATIVE, seen.get().slow() ? 1 : 0);
    }
  }

  /**
   * Whether {@code now} is between two minutes of a day, the second of which is on the next day
   * unless it is later; {@code days} has a bit for each day on which it begins, Sunday's the
   * lowest.
   */
  static boolean covers(int days, int from, int to, LocalDateTime now) {
    List<DayOfWeek> named =
        IntStream.range(0, DayOfWeek.values().length)
            .filter(day -> (days >> day & 1) == 1)
            .mapToObj(DayOfWeek.SUNDAY::plus)
            .toList();
    int minute =
        (now.getDayOfWeek().getValue() - 1) * WeekSpan.DAY + now.getHour() * 60 + now.getMinute();
    return WeekSpan.daily(named, from, to).stream().anyMatch(span -> span.covers(minute));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
