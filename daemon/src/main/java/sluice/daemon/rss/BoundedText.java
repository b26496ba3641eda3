package sluice.daemon.rss;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that may be looked at only so often: an expression that somebody wrote without care does not
 * keep the daemon busy for ever.
 */
final class BoundedText implements CharSequence {
  private static final int MAX_LOOKS = 200_000;

  private final CharSequence text;
  private final int[] looks;

  private BoundedText(CharSequence text, int[] looks) {
    this.text = text;
    this.looks = looks;
  }

  private static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("too slow", null, false, false);
    }
  }

  /** Whether {@code pattern} is found in {@code text}; one that takes too long is not. */
  static boolean find(Pattern pattern, String text) {
    try {
      Matcher matcher = pattern.matcher(new BoundedText(text, new int[1]));
      return matcher.find();
    } catch (TooSlow | StackOverflowError e) {
      return false;
    }
  }

  @Override
  public char charAt(int index) {
    if (++looks[0] > MAX_LOOKS) {
      throw new TooSlow();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), looks);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
