package sluice.daemon;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calls that are sent to two programs, a line each. Behind a tilde stands why the second one
 * answers otherwise; {@code UNTIL CALL TEXT} repeats a call until its answer has the text.
 */
final class CallTable {
  private static final String UNTIL = "UNTIL ";
  private final List<String> lines;

  private CallTable(List<String> lines) {
    this.lines = lines;
  }

  /** The table in the resource {@code name}. */
  static CallTable of(String name) throws Exception {
    try (InputStream in = CallTable.class.getResourceAsStream(name)) {
      return new CallTable(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList());
    }
  }

  /** What a program answers. */
  interface Program {
    /** Status, text or shapes of the answer to a call. */
    Set<String> answer(String call) throws Exception;

    /** Whether the answer to a call has {@code text}. */
    boolean tells(String call, String text) throws Exception;
  }

  /** By line, what a program answers to it. */
  Map<String, Set<String>> ask(Program program) throws Exception {
    Map<String, Set<String>> answers = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String call = lines.get(i).split(" ~ ", 2)[0].strip();
      if (call.startsWith(UNTIL)) {
        until(program, call.substring(UNTIL.length()));
      } else {
        answers.put("%03d %s".formatted(i, lines.get(i)), program.answer(call));
      }
    }
    return answers;
  }

  private static void until(Program program, String line) throws Exception {
    int cut = line.indexOf("} ") < 0 ? line.indexOf(' ') : line.indexOf("} ") + 1;
    String text = line.substring(cut + 1);
    TestDaemon.await(
        line,
        () -> {
          try {
            return program.tells(line.substring(0, cut), text);
          } catch (Exception e) {
            throw new AssertionError(line, e);
          }
        });
  }

  /** Lines whose answers differ for no reason that is told, and those that have one and do not. */
  static List<String> differences(Map<String, Set<String>> theirs, Map<String, Set<String>> ours) {
    List<String> all = new ArrayList<>();
    theirs.forEach((line, answer) -> {
      Set<String> own = ours.getOrDefault(line, Set.of());
      Set<String> missing = new TreeSet<>(answer);
      missing.removeAll(own);
      if (line.contains(" ~ ") == missing.isEmpty()) {
        Set<String> instead = new TreeSet<>(own);
        instead.removeAll(answer);
        all.add(line + "\n    theirs " + missing + "\n    ours   " + instead);
      }
    });
    return all;
  }
}
