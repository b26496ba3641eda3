package sluice.daemon.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is asked of a file by a header {@code Range} (RFC 9110, section 14; one range). */
sealed interface Portion {
  /** All of it: nothing else was asked for, or nothing that is understood. */
  record All() implements Portion {}

  /** Bytes from one place up to another, which is not part of it. */
  record Part(long from, long to) implements Portion {}

  /** Bytes that it does not have. */
  record Outside() implements Portion {}

  /** What {@code header} asks of a file of {@code length} bytes. */
  static Portion of(String header, long length) {
    Matcher matcher = Grammar.RANGE.matcher(header);
    if (!matcher.matches()) {
      return new All();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new All() : suffix(Long.parseLong(last), length);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? length : Long.parseLong(last) + 1;
    if (to <= from && !last.isEmpty()) {
      return new All();
    }
    return from >= length ? new Outside() : new Part(from, Math.min(length, to));
  }

  private static Portion suffix(long count, long length) {
    return count == 0 || length == 0
        ? new Outside()
        : new Part(Math.max(0, length - count), length);
  }

  /** How ranges are written. */
  final class Grammar {
    private static final Pattern RANGE =
        Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})", Pattern.CASE_INSENSITIVE);

    private Grammar() {}
  }
}
