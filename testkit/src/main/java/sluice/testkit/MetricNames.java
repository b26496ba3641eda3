package sluice.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names of numbers for Prometheus: those that files ask for, and those that a scrape tells. */
public final class MetricNames {
  private static final Pattern NAME = Pattern.compile("\\b(?:sluice|jvm|process|http)_[a-z_]+");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE ([a-z_]+) ");
  private static final String PART = "_(bucket|sum|count)$";

  private MetricNames() {}

  /** What the expressions of a dashboard, or of alerts, name. Each names something. */
  public static Set<String> asked(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (text.startsWith("\"expr\":") || text.startsWith("expr:")) {
        Set<String> found = in(text);
        if (found.isEmpty()) {
          throw new AssertionError(file + ": " + text);
        }
        names.addAll(found);
      }
    }
    return names;
  }

  /** All that are in {@code text}, histograms without their endings. */
  public static Set<String> in(String text) {
    Set<String> names = new TreeSet<>();
    NAME.matcher(text).results().forEach(r -> names.add(r.group().replaceFirst(PART, "")));
    return names;
  }

  /** Those of {@code told} that are not of the process and its virtual machine. */
  public static Set<String> own(Set<String> told) {
    Set<String> names = new TreeSet<>(told);
    names.removeIf(name -> name.startsWith("jvm_") || name.startsWith("process_"));
    return names;
  }

  /** Those that {@code scrape} says the type of. */
  public static Set<String> told(String scrape) {
    Set<String> names = new TreeSet<>();
    TYPE.matcher(scrape).results().forEach(r -> names.add(r.group(1)));
    return names;
  }
}
