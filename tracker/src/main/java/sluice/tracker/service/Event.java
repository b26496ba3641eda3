package sluice.tracker.service;

import org.jspecify.annotations.Nullable;

/**
 * Messages of the log in logfmt: {@code event=NAME key=value …}. Nothing of a client is in them: no
 * address, no passkey, no torrent.
 */
public final class Event {
  private static final int MAX_VALUE_CHARS = 500;

  private Event() {}

  /** The message of the event {@code name} with keys and values in turn. */
  public static String of(String name, @Nullable Object... pairs) {
    StringBuilder line = new StringBuilder("event=").append(name);
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      line.append(' ').append(pairs[i]).append('=').append(value(String.valueOf(pairs[i + 1])));
    }
    return line.toString();
  }

  /** In quotes unless it is one plain word. */
  public static String value(String text) {
    String kept = text.length() > MAX_VALUE_CHARS ? text.substring(0, MAX_VALUE_CHARS) : text;
    if (!kept.isEmpty() && kept.chars().allMatch(Event::isPlain)) {
      return kept;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < kept.length(); i++) {
      char c = kept.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        quoted.append(c < ' ' ? ' ' : c);
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\';
  }
}
