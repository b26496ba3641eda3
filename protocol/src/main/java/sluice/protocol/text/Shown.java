package sluice.protocol.text;

/** Text of strangers, made fit for a terminal, a log line or a page. */
public final class Shown {
  private static final char REPLACEMENT = '\uFFFD';

  private Shown() {}

  /**
   * {@code text} on one line and without controls, formats such as direction marks, and lone
   * surrogates: each becomes U+FFFD. Cut to {@code maxChars}, between characters.
   */
  public static String text(String text, int maxChars) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), maxChars));
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      int shown = isFit(c) ? c : REPLACEMENT;
      if (out.length() + Character.charCount(shown) > maxChars) {
        break;
      }
      out.appendCodePoint(shown);
    }
    return out.toString();
  }

  private static boolean isFit(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
