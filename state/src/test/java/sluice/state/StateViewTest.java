package sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static sluice.state.Samples.done;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.state.fault.StateException;
import sluice.state.record.Counters;
import sluice.state.record.Progress;
import sluice.state.record.TorrentRow;

/** A look at a state shows it, whoever has it, and leaves it as it is. */
final class StateViewTest {
  @TempDir Path dir;

  @Test
  void theRowsOfAnOpenStateAreSeen() {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      long one = done(store.add(Samples.torrent(1), Samples.metainfo(1, 100)));
      try (StateView view = StateView.open(dir)) {
        assertThat(rows(view)).extracting(TorrentRow::id).containsExactly(one);
        done(store.add(Samples.torrent(2), Samples.metainfo(2, 100)));
        done(store.count(one, new Progress(7, 1), Counters.ZERO));
        assertThat(rows(view)).hasSize(2);
        assertThat(rows(view).getFirst().progress()).isEqualTo(new Progress(7, 1));
      }
      done(store.add(Samples.torrent(3), Samples.metainfo(3, 100)));
    }
  }

  @Test
  void aLookIsNoRunAndChangesNothing() throws IOException {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      done(store.add(Samples.torrent(1), Samples.metainfo(1, 100)));
    }
    byte[] before = Files.readAllBytes(dir.resolve("state.db"));
    try (StateView view = StateView.open(dir)) {
      assertThat(rows(view)).hasSize(1);
    }
    assertThat(Files.readAllBytes(dir.resolve("state.db"))).isEqualTo(before);
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.CLEAN);
      done(store.sync());
      assertThat(store.reads().runs()).hasSize(2);
    }
  }

  @Test
  void whatIsNoStateIsSaidToBeNone() throws IOException {
    assertThat(StateView.isIn(dir)).isFalse();
    Files.writeString(
        dir.resolve("state.db"), "no database, but as long as a header would be ..".repeat(9));
    assertThat(StateView.isIn(dir)).isTrue();
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> StateView.open(dir))
        .matches(e -> e.kind() == StateException.Kind.DAMAGED);
  }

  private static List<TorrentRow> rows(StateView view) {
    List<TorrentRow> rows = new ArrayList<>();
    view.forEachRow(rows::add);
    return rows;
  }
}
