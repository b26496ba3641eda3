package sluice.daemon.rss;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Dates as feeds write them: RFC 822 with two or four digits of the year, or RFC 3339. */
final class FeedDates {
  private static final int MAX_CHARS = 64;
  private static final int SHORT_YEARS_FROM = 1970;

  /** Without the weekday, which says nothing and is often wrong. */
  private static final DateTimeFormatter MAIL =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendLiteral(' ')
          .appendText(ChronoField.MONTH_OF_YEAR, months())
          .appendLiteral(' ')
          .appendValueReduced(ChronoField.YEAR, 2, 4, SHORT_YEARS_FROM)
          .appendLiteral(' ')
          .appendPattern("H:mm[:ss] ")
          .appendOffset("+HHMM", "+0000")
          .toFormatter(Locale.ENGLISH);

  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .appendPattern("dd ")
          .appendText(ChronoField.MONTH_OF_YEAR, months())
          .appendPattern(" yyyy HH:mm:ss ")
          .appendOffset("+HHMM", "+0000")
          .toFormatter(Locale.ENGLISH);

  private static final Map<String, String> ZONES =
      Map.of(
          "GMT", "+0000", "UT", "+0000", "UTC", "+0000", "Z", "+0000", "EST", "-0500", "EDT",
          "-0400", "CST", "-0600", "PST", "-0800", "PDT", "-0700", "MST", "-0700");

  private FeedDates() {}

  /** Not those of the machine's language data, which differ between releases. */
  private static Map<Long, String> months() {
    Map<Long, String> months = new HashMap<>();
    List<String> names =
        List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    names.forEach(name -> months.put(months.size() + 1L, name));
    return months;
  }

  /** Milliseconds since 1970; empty if {@code text} is no date. */
  static Optional<Long> parse(String text) {
    String clean = text.strip();
    if (clean.isEmpty() || clean.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Character.isDigit(clean.charAt(0)) && clean.indexOf('-') == 4
              ? precise(clean).toEpochMilli()
              : OffsetDateTime.parse(mail(clean), MAIL).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Instant precise(String text) {
    return text.length() == 10
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
  }

  private static String mail(String text) {
    String date = text.substring(text.indexOf(',') + 1).strip().replaceAll("\\s+", " ");
    int blank = date.lastIndexOf(' ');
    String zone = date.substring(blank + 1);
    return date.substring(0, blank + 1)
        + ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), zone.replace(":", ""));
  }

  /** As qBittorrent writes dates. */
  static String text(long millis) {
    return WRITTEN.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }
}
