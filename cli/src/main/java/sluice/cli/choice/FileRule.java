package sluice.cli.choice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.protocol.metainfo.FileEntry;

/** One part of a choice: files by their numbers or by their names. */
sealed interface FileRule {
  /** As the user wrote it. */
  String text();

  /** Whether it takes files away instead of adding them. */
  boolean isExclusion();

  /** Whether it is about {@code file}, which has this number. */
  boolean covers(int number, FileEntry file);

  /** Files from the number {@code first} to {@code last}. */
  record Numbers(String text, boolean isExclusion, int first, int last) implements FileRule {
    @Override
    public boolean covers(int number, FileEntry file) {
      return number >= first && number <= last;
    }
  }

  /** Files whose name, or path if the pattern has a slash, matches a pattern. */
  record Names(String text, boolean isExclusion, Glob glob, boolean isPath) implements FileRule {
    /** The torrent's own folder need not be written. */
    @Override
    public boolean covers(int number, FileEntry file) {
      int levels = file.path().size();
      if (!isPath) {
        return glob.matches(file.path().getLast());
      }
      return glob.matches(String.join("/", file.path()))
          || (levels > 1 && glob.matches(String.join("/", file.path().subList(1, levels))));
    }
  }

  /** What {@code text} says; an {@link IllegalArgumentException} tells what is wrong with it. */
  static FileRule parse(String text) {
    boolean excludes = text.startsWith("!");
    String what = excludes ? text.substring(1).strip() : text;
    if (what.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' selects nothing; write it like 1,3-5 or '*.mkv' or '!*.txt'");
    }
    Matcher numbers = Pattern.compile("(\\d{1,8})(-(\\d{1,8})?)?").matcher(what);
    if (!numbers.matches()) {
      return new Names(text, excludes, new Glob(what), what.indexOf('/') >= 0);
    }
    int first = Integer.parseInt(numbers.group(1));
    int last =
        numbers.group(3) != null
            ? Integer.parseInt(numbers.group(3))
            : numbers.group(2) != null ? Integer.MAX_VALUE : first;
    if (first == 0 || last < first) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no range of files; they are counted from 1, from the lower to the"
              + " higher number");
    }
    return new Numbers(text, excludes, first, last);
  }
}
