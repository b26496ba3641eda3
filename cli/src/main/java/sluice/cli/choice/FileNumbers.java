package sluice.cli.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of files as people write them: {@code 1,4-6,9-} or {@code all}. */
public final class FileNumbers {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,7})(?:(-)(\\d{1,7})?)?");

  private FileNumbers() {}

  /** Those that {@code text} says of files from 1 to {@code count}. */
  public static List<Integer> parse(String text, int count) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.equals("all") ? new String[] {"1-"} : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw new IllegalArgumentException("'" + part + "' is no number of a file, no range");
      }
      int from = Integer.parseInt(range.group(1));
      int to =
          range.group(2) == null
              ? from
              : range.group(3) == null ? count : Integer.parseInt(range.group(3));
      if (from < 1 || to > count || from > to) {
        throw new IllegalArgumentException("'" + part + "': there are files 1 to " + count);
      }
      for (int number = from; number <= to; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
