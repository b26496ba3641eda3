package sluice.daemon.notice;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import sluice.daemon.config.NoticeSettings;

/**
 * Runs a program of the user. Its words are given to it as they are, with {@code {name}} and the
 * like replaced inside each word: there is no shell that could understand a name as a command.
 */
record ProgramSink(NoticeSettings.Program program) implements Notices.Sink {
  private static final Logger LOG = System.getLogger(ProgramSink.class.getName());
  private static final long PATIENCE_SECONDS = 60;

  @Override
  public void take(Notice notice) throws InterruptedException {
    if (!program.events().contains(notice.event())) {
      return;
    }
    List<String> words = words(program.words(), notice);
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Logger.Level.INFO, "{0} takes long; it is not waited for", words.getFirst());
      } else if (process.exitValue() != 0) {
        LOG.log(Logger.Level.WARNING, "{0} ended with {1}", words.getFirst(), process.exitValue());
      }
    } catch (IOException e) {
      LOG.log(Logger.Level.WARNING, words.getFirst() + " cannot be run", e);
    }
  }

  static List<String> words(List<String> words, Notice notice) {
    Map<String, String> parts = notice.parts();
    return words.stream().map(word -> fill(word, parts)).toList();
  }

  /** What was put in is not looked at again. */
  private static String fill(String word, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    while (from < word.length()) {
      int open = word.indexOf('{', from);
      int end = open < 0 ? -1 : word.indexOf('}', open);
      String value = end < 0 ? null : parts.get(word.substring(open + 1, end));
      if (value == null) {
        int next = open < 0 ? word.length() : open + 1;
        filled.append(word, from, next);
        from = next;
      } else {
        // A word of a program ends at a zero.
        filled.append(word, from, open).append(value.replace("\0", ""));
        from = end + 1;
      }
    }
    return filled.toString();
  }
}
