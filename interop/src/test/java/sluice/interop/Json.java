package sluice.interop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single fields of flat JSON objects. */
final class Json {
  private Json() {}

  /** Whether {@code line} is an object whose {@code event} is {@code event}. */
  static boolean isEvent(String line, String event) {
    return field(line, "event", "\"" + event + "\"").find();
  }

  /** The number in the first field called {@code name}. */
  static double number(String line, String name) {
    return Double.parseDouble(value(line, name, "\"?(-?[0-9.eE+-]+)"));
  }

  /** The text in the first field called {@code name}, which has no escapes. */
  static String text(String line, String name) {
    return value(line, name, "\"([^\"]*)\"");
  }

  private static String value(String line, String name, String pattern) {
    Matcher matcher = field(line, name, pattern);
    if (!matcher.find()) {
      throw new AssertionError("no field " + name + " in " + line);
    }
    return matcher.group(1);
  }

  private static Matcher field(String line, String name, String pattern) {
    return Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*" + pattern).matcher(line);
  }
}
