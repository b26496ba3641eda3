package sluice.client.limit;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.engine.policy.WeekSpan;

/**
 * Parts of the week: {@code mon-fri}, {@code sat,sun} or {@code daily} says on which days the times
 * behind it hold, such as {@code 22:00-06:00}. Times without days are daily, days without times
 * whole.
 */
final class WeekText {
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})", Pattern.DOTALL);
  private static final int HOUR = 60;

  private final List<WeekSpan> spans = new ArrayList<>();
  private Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
  private boolean waiting;

  private WeekText() {}

  /** What {@code words} say. */
  static List<WeekSpan> spans(Words words) {
    WeekText text = new WeekText();
    for (String word : words.plain()) {
      if (!text.take(word)) {
        throw words.wrong(
            "'" + word + "' is neither days such as mon-fri nor a time such as 22:00-06:00");
      }
    }
    text.flush();
    if (text.spans.isEmpty()) {
      throw words.wrong("it says no time, such as mon-fri 22:00-06:00");
    }
    return text.spans;
  }

  private boolean take(String word) {
    Matcher time = TIME.matcher(word);
    if (time.matches()) {
      int from = minute(time.group(1), time.group(2));
      int to = minute(time.group(3), time.group(4));
      if (from < 0 || from >= WeekSpan.DAY || to < 0) {
        return false;
      }
      spans.addAll(WeekSpan.daily(days, from, to));
      waiting = false;
      return true;
    }
    Optional<Set<DayOfWeek>> named = days(word);
    if (named.isPresent()) {
      flush();
      days = named.get();
      waiting = true;
    }
    return named.isPresent();
  }

  /** Days that no time followed are whole. */
  private void flush() {
    if (waiting) {
      spans.addAll(WeekSpan.daily(days, 0, WeekSpan.DAY));
    }
    waiting = false;
  }

  private static int minute(String hour, String minute) {
    int at = Integer.parseInt(hour) * HOUR + Integer.parseInt(minute);
    return Integer.parseInt(minute) < HOUR && at <= WeekSpan.DAY ? at : -1;
  }

  private static Optional<Set<DayOfWeek>> days(String word) {
    if (word.equals("daily")) {
      return Optional.of(EnumSet.allOf(DayOfWeek.class));
    }
    Set<DayOfWeek> all = EnumSet.noneOf(DayOfWeek.class);
    for (String part : word.split(",", -1)) {
      int hyphen = part.indexOf('-');
      Optional<DayOfWeek> first = day(hyphen < 0 ? part : part.substring(0, hyphen));
      Optional<DayOfWeek> last = hyphen < 0 ? first : day(part.substring(hyphen + 1));
      if (first.isEmpty() || last.isEmpty()) {
        return Optional.empty();
      }
      DayOfWeek at = first.get();
      all.add(at);
      while (at != last.get()) {
        at = at.plus(1);
        all.add(at);
      }
    }
    return Optional.of(all);
  }

  private static Optional<DayOfWeek> day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }
}
