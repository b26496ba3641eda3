package sluice.state;

import static sluice.state.Samples.done;
import static sluice.testkit.Ordeal.fill;
import static sluice.testkit.Ordeal.require;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import sluice.state.fault.StateException;
import sluice.state.record.Counters;
import sluice.state.record.Progress;
import sluice.state.record.Setting;

/** Fills a small file system under a state, and prints {@code ok} if it got over it. */
final class FullMain {
  private static final StateOptions OPTIONS = new StateOptions(2 << 20, Duration.ofHours(1), 0);
  private static final int LARGE = 256 << 10;

  private FullMain() {}

  public static void main(String[] arguments) throws IOException {
    Path dir = Path.of(arguments[0]).resolve("state");
    Path filler = Path.of(arguments[0]).resolve("filler");
    int added = 0;
    try (StateStore store = StateStore.open(dir, OPTIONS)) {
      long id = done(store.add(Samples.torrent(0), Samples.metainfo(0, LARGE)));
      done(store.sync());
      require(Files.exists(dir.resolve("reserve")), "the reserve is held");
      fill(filler);
      for (int i = 0; i < 100; i++) {
        done(store.set("key" + i, Setting.of("x".repeat(500))));
        done(store.count(id, new Progress(i, i), Counters.ZERO));
      }
      require(!Files.exists(dir.resolve("reserve")), "the reserve was used");
      StateException.Kind kind = null;
      while (kind == null) {
        try {
          done(store.add(Samples.torrent(added + 1), Samples.metainfo(added + 1, LARGE)));
          added++;
        } catch (StateException e) {
          kind = e.kind();
        }
      }
      require(kind == StateException.Kind.DISK_FULL, "the disk is full, not " + kind);
      require(StateStoreTest.rows(store).size() == added + 1, "all that was acknowledged is there");
      Files.delete(filler);
      done(store.add(Samples.torrent(added + 1), Samples.metainfo(added + 1, LARGE)));
      added++;
    }
    try (StateStore store = StateStore.open(dir, OPTIONS)) {
      require(store.start().kind() == StartReport.Kind.CLEAN, "a clean end");
      require(StateStoreTest.rows(store).size() == added + 1, "all is there in the next run");
      require(store.reads().settings().size() == 100, "the settings are there");
      done(store.sync());
    }
    require(
        Files.size(dir.resolve("reserve")) == OPTIONS.reserveBytes(), "the reserve is held again");
    System.out.print("ok\n");
    System.out.flush();
  }
}
