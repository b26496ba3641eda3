package sluice.state.record;

import java.util.OptionalLong;

/** A setting's value: text and what it is to be read as. */
public record Setting(Type type, String text) {
  /** Longest text, in characters. */
  public static final int MAX_CHARS = 1 << 20;

  /** Longest key, in characters. */
  public static final int MAX_KEY_CHARS = 256;

  /** What a setting's text is to be read as. */
  public enum Type {
    TEXT,
    INTEGER,
    FLAG,
    JSON
  }

  public Setting {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("a setting of " + text.length() + " characters");
    }
  }

  /** Text. */
  public static Setting of(String text) {
    return new Setting(Type.TEXT, text);
  }

  /** A whole number. */
  public static Setting of(long number) {
    return new Setting(Type.INTEGER, Long.toString(number));
  }

  /** Yes or no. */
  public static Setting of(boolean flag) {
    return new Setting(Type.FLAG, Boolean.toString(flag));
  }

  /** The number, if it is one. */
  public OptionalLong number() {
    if (type != Type.INTEGER || !text.matches("-?[0-9]{1,18}")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
