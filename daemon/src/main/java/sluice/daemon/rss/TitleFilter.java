package sluice.daemon.rss;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import sluice.daemon.web.Problem;

/**
 * Which titles a rule wants. Without regular expressions, words stand between blanks and must all
 * be there, alternatives between bars, and {@code *} and {@code ?} stand for anything. Immutable.
 */
final class TitleFilter {
  /** Longest expression. */
  static final int MAX_CHARS = 4_096;

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** Alternatives; each has what must all be found. */
  private final List<List<Pattern>> wanted;

  private final List<List<Pattern>> unwanted;

  /**
   * What must be in a title, and what must not; an empty text says nothing.
   *
   * @throws Problem if an expression makes no sense
   */
  TitleFilter(String must, String mustNot, boolean expressions) {
    wanted = parse(must, expressions);
    unwanted = parse(mustNot, expressions).stream().filter(words -> !words.isEmpty()).toList();
  }

  boolean isWanted(String title) {
    return (wanted.isEmpty() || wanted.stream().anyMatch(words -> all(words, title)))
        && unwanted.stream().noneMatch(words -> all(words, title));
  }

  private static boolean all(List<Pattern> words, String title) {
    return words.stream().allMatch(word -> BoundedText.find(word, title));
  }

  private static List<List<Pattern>> parse(String text, boolean expressions) {
    if (text.length() > MAX_CHARS) {
      throw Problem.bad("an expression has at most " + MAX_CHARS + " characters");
    } else if (text.isBlank()) {
      return List.of();
    } else if (expressions) {
      try {
        return List.of(List.of(Pattern.compile(text, FLAGS)));
      } catch (PatternSyntaxException e) {
        throw Problem.bad("no regular expression: " + e.getDescription());
      }
    }
    return Stream.of(text.split("\\|", -1)).map(TitleFilter::words).toList();
  }

  private static List<Pattern> words(String alternative) {
    return Stream.of(alternative.strip().split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .map(TitleFilter::word)
        .toList();
  }

  private static Pattern word(String word) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char letter = word.charAt(i);
      switch (letter) {
        case '*' -> pattern.append(".*");
        case '?' -> pattern.append('.');
        default -> pattern.append(Pattern.quote(String.valueOf(letter)));
      }
    }
    return Pattern.compile(pattern.toString(), FLAGS);
  }
}
