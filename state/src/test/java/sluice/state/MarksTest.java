package sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.state.Samples.done;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.state.fault.StateException;
import sluice.state.sql.Database;

/** Torrents with a common mark are found. */
final class MarksTest {
  @TempDir Path dir;

  private static long add(StateStore store, int n, Long... marks) {
    long id = done(store.add(Samples.torrent(n), Samples.metainfo(n, 500)));
    done(store.mark(id, List.of(marks)));
    return id;
  }

  @Test
  void torrentsAreFoundInTheOrderOfMarksAndAfterARestart() {
    long first;
    long second;
    long third;
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      first = add(store, 1, 10L, -20L);
      second = add(store, 2, 10L, 30L);
      third = add(store, 3, -20L, 30L, 10L);
      done(store.mark(third, List.of(30L)));
    }
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      StateReads reads = store.reads();
      assertThat(reads.sharing(first, List.of(-20L, 10L), 9)).containsExactly(third, second);
      assertThat(reads.sharing(first, List.of(-20L, 10L), 1)).containsExactly(third);
      assertThat(reads.sharing(first, List.of(11L), 9)).isEmpty();
      assertThat(reads.unmarked(second, List.of(30L, 40L))).containsExactly(40L);
      done(store.remove(second));
      assertThat(reads.unmarked(second, List.of(30L))).containsExactly(30L);
      assertThat(reads.sharing(first, List.of(10L), 9)).containsExactly(third);
      assertThatThrownBy(() -> done(store.mark(second, List.of(10L))))
          .isInstanceOf(StateException.class);
    }
  }

  @Test
  void aStateOfTheFirstVersionGetsTheTable() throws Exception {
    long id;
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      id = add(store, 1, 10L);
    }
    try (Connection c = Database.writer(dir.resolve("state.db"))) {
      Database.execute(c, "DROP TABLE mark");
      Database.execute(c, "DROP TABLE change");
      Database.execute(c, "ALTER TABLE counter DROP COLUMN idle");
      Database.execute(c, "PRAGMA user_version=1");
    }
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.reads().row(id)).as("its sums are right").isPresent();
      assertThat(store.reads().unmarked(id, List.of(10L))).containsExactly(10L);
      done(store.mark(id, List.of(10L)));
      assertThat(store.reads().sharing(id + 1, List.of(10L), 9)).containsExactly(id);
    }
  }
}
