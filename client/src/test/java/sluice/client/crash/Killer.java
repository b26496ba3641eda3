package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import sluice.testkit.Child;

/** Runs programs, kills them at a time or at a fault point, and judges how they ended. */
final class Killer implements AutoCloseable {
  private static final String OPEN = "open";
  private static final int KILLED = 137;

  /** From {@code open} on, if what is waited for before the time begins does not come. */
  private static final int MAX_WAIT_MILLIS = 20_000;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /** At which fault point, unless it is empty, and after which time at the latest. */
  record Kill(String fault, int millis) {
    /** One of two is at a point of {@code labels}, each with the most passings before it. */
    static Kill draw(
        SplittableRandom random, List<Map.Entry<String, Integer>> labels, int point, int most) {
      Map.Entry<String, Integer> label = labels.get(random.nextInt(labels.size()));
      int passings = random.nextInt(1, label.getValue() + 1);
      return point % 2 == 0
          ? new Kill("", random.nextInt(most))
          : new Kill(label.getKey() + ":" + passings, 2 * most);
    }
  }

  /**
   * What is run.
   *
   * @param begins the time counts from the first line that starts like this, or from {@code open}
   * @param dies whether it never ends by itself
   * @param errors to which it writes what went wrong
   */
  record Task(
      Class<?> main,
      List<String> arguments,
      String begins,
      boolean dies,
      Path errors,
      String what) {}

  /** Runs {@code task}; gives the lines that {@code note} does not take. */
  List<String> run(Task task, Kill kill, Predicate<String> note) throws Exception {
    List<String> lines = new ArrayList<>();
    List<Future<?>> kills = new ArrayList<>();
    String[] arguments = task.arguments().toArray(String[]::new);
    try (Child child =
        Child.start(Child.command(task.main(), arguments), kill.fault(), task.errors())) {
      boolean counts = false;
      for (Optional<String> next = child.line(); next.isPresent(); next = child.line()) {
        String line = next.get();
        if (!note.test(line)) {
          lines.add(line);
        }
        if (!counts && line.startsWith(task.begins())) {
          counts = true;
          kills.add(clock.schedule(child::kill, kill.millis(), TimeUnit.MILLISECONDS));
        } else if (line.startsWith(OPEN)) {
          kills.add(clock.schedule(child::kill, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS));
        }
      }
      kills.forEach(each -> each.cancel(false));
      int code = child.end();
      String said = Files.readString(task.errors());
      assertThat(code)
          .as("%s: %s, %s", task.what(), said, lines)
          .isEqualTo(task.dies() ? KILLED : 0);
      assertThat(said).as(task.what()).doesNotContain("Exception", "Error:", "bug");
    }
    return lines;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
