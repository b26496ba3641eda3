package sluice.state;

import static sluice.state.Samples.done;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Measures adds, the reading of the list, and the journal. Arguments: folder, number of torrents,
 * bytes of each torrent file. Started by hand; figures are in docs/state.md.
 */
final class StateBench {
  private static final int JOURNAL_PIECES = 50_000;

  private StateBench() {}

  public static void main(String[] arguments) throws Exception {
    Path dir = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int bytes = Integer.parseInt(arguments[2]);
    try (StateStore store = StateStore.open(dir)) {
      long began = System.nanoTime();
      long cpu = cpu();
      List<CompletionStage<Long>> adds = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        store.awaitRoom();
        adds.add(store.add(Samples.torrent(i), Samples.metainfo(i, bytes)));
      }
      for (CompletionStage<Long> add : adds) {
        done(add);
      }
      say("adds/s", count / seconds(began));
      say("CPU us per add", (cpu() - cpu) / 1e3 / count);
      cpu = cpu();
      began = System.nanoTime();
      for (int i = 0; i < JOURNAL_PIECES; i++) {
        store.awaitRoom();
        store.written(1 + i % 10, i / 10);
      }
      done(store.sync());
      say("journal pieces/s", JOURNAL_PIECES / seconds(began));
      say("journal CPU us per piece", (cpu() - cpu) / 1e3 / JOURNAL_PIECES);
    }
    say("database bytes per torrent", (double) Files.size(dir.resolve("state.db")) / count);
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      try (StateStore store = StateStore.open(dir)) {
        say("open ms", seconds(began) * 1e3);
        began = System.nanoTime();
        long cpu = cpu();
        long[] rows = new long[1];
        store.reads().forEachRow(row -> rows[0]++);
        say(rows[0] + " rows, ms", seconds(began) * 1e3);
        say("CPU us per row", (cpu() - cpu) / 1e3 / rows[0]);
      }
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void say(String what, double value) {
    System.out.printf(java.util.Locale.ROOT, "%s: %.1f%n", what, value);
  }
}
