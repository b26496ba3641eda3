package sluice.ledger.book;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Amounts as text: decimal digits, without sign or leading zeroes, below 2^63. */
public final class Digits {
  private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

  private static final Pattern CHANGE = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  private Digits() {}

  /** The amount; empty if {@code text} is none. */
  public static OptionalLong parse(String text) {
    return parse(FORM, text);
  }

  /** By how much an amount changes: the same, with a sign if it is below zero. */
  public static OptionalLong parseChange(String text) {
    return parse(CHANGE, text);
  }

  private static OptionalLong parse(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      return OptionalLong.empty();
    }
  }
}
