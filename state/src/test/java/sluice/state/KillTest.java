package sluice.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.protocol.wire.PieceSet;
import sluice.state.record.TorrentRow;
import sluice.state.sql.Database;
import sluice.testkit.Child;

/**
 * A process that changes the state is killed, at random lines of its output and at fault points.
 * What it was acknowledged is there, and what is there is whole. {@code sluice.kill.seed} repeats a
 * run, {@code sluice.kill.points} prolongs it.
 */
final class KillTest {
  private static final int POINTS = 12;
  private static final int MAX_LINES = 200;
  private static final int ABSENT = -1;
  private static final List<String> LABELS =
      List.of("state-statement", "state-before-commit", "state-after-commit");

  @TempDir Path dir;
  @TempDir Path errors;

  /** What may be found of one torrent. */
  private static final class Expected {
    private int acknowledged = ABSENT;
    private int asked = ABSENT;
    private final Set<Integer> pieces = new LinkedHashSet<>();
  }

  private final Map<Integer, Expected> model = new LinkedHashMap<>();

  @Test
  void whatWasAcknowledgedIsThereAndWhole() throws Exception {
    long seed = Long.getLong("sluice.kill.seed", 20_251_125L);
    int points = Integer.getInteger("sluice.kill.points", POINTS);
    System.out.println("kill test, seed " + seed + ", points " + points);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < KillMain.TORRENTS; i++) {
      model.put(i, new Expected());
    }
    int acknowledged = 0;
    for (int point = 0; point < points; point++) {
      String fault =
          point % 2 == 0
              ? ""
              : LABELS.get(random.nextInt(LABELS.size())) + ":" + random.nextInt(1, 40);
      acknowledged += runAndKill(random, fault);
      verify("seed " + seed + ", point " + point + ", fault " + fault);
    }
    assertThat(acknowledged).as("changes that were acknowledged").isGreaterThan(points);
  }

  private int runAndKill(SplittableRandom random, String fault) throws Exception {
    try (Child child = start(fault, Long.toString(random.nextLong()))) {
      int linesUntilKill = fault.isEmpty() ? random.nextInt(MAX_LINES) : Integer.MAX_VALUE;
      int acknowledged = 0;
      for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
        acknowledged += note(line.get()) ? 1 : 0;
        if (linesUntilKill-- == 0) {
          child.kill();
        }
      }
      return acknowledged;
    }
  }

  private Child start(String fault, String seed) throws IOException {
    return Child.start(
        Child.command(KillMain.class, dir.toString(), seed), fault, errors.resolve("errors"));
  }

  private boolean note(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "?" -> expected(words[1]).asked = Integer.parseInt(words[2]);
      case "=" -> {
        Expected torrent = expected(words[1]);
        torrent.acknowledged = Integer.parseInt(words[2]);
        if (torrent.acknowledged <= 0) {
          torrent.pieces.clear();
        }
        return true;
      }
      case "p" -> expected(words[1]).pieces.add(Integer.parseInt(words[2]));
      default -> {}
    }
    return false;
  }

  private Expected expected(String number) {
    return model.get(Integer.parseInt(number));
  }

  private void verify(String point) throws Exception {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).as(point).isNotEqualTo(StartReport.Kind.RESTORED);
      assertThat(store.start().notes()).as(point).isEmpty();
      Map<Integer, TorrentRow> rows = new LinkedHashMap<>();
      store.reads().forEachRow(row -> rows.put(KillMain.number(row), row));
      Map<Long, List<Integer>> journal = StateStoreTest.journal(store);
      model.forEach((number, torrent) -> {
        String what = point + ", torrent " + number;
        TorrentRow row = rows.get(number);
        int found = row == null ? ABSENT : KillMain.version(row);
        assertThat(found).as(what).isIn(torrent.acknowledged, torrent.asked);
        if (row == null) {
          torrent.pieces.clear();
        } else {
          verifyWhole(what, store, number, row);
          verifyPieces(what, store, torrent, row, journal.getOrDefault(row.id(), List.of()));
        }
        torrent.acknowledged = found;
        torrent.asked = found;
      });
      verifyNoRests(point);
    }
  }

  private static void verifyWhole(String what, StateStore store, int number, TorrentRow row) {
    assertThat(row.torrent().withName("")).as(what).isEqualTo(Samples.torrent(number).withName(""));
    assertThat(store.reads().source(row.id()))
        .as(what)
        .contains(Samples.metainfo(number, KillMain.METAINFO_BYTES));
  }

  private static void verifyPieces(
      String what, StateStore store, Expected torrent, TorrentRow row, List<Integer> journal) {
    Set<Integer> there = new LinkedHashSet<>(journal);
    PieceSet have =
        store.reads().resume(row.id()).map(r -> r.have()).orElse(new PieceSet(KillMain.PIECES));
    for (int p = have.nextSet(0); p >= 0; p = have.nextSet(p + 1)) {
      there.add(p);
    }
    assertThat(row.progress().donePieces()).as(what).isEqualTo(have.count());
    assertThat(there).as(what).containsAll(torrent.pieces);
  }

  private void verifyNoRests(String point) throws Exception {
    try (Connection connection = Database.reader(dir.resolve("state.db"));
        Statement statement = connection.createStatement()) {
      for (String table : List.of("counter", "metainfo", "resume", "priority", "written", "mark")) {
        String sql = "SELECT count(*) FROM " + table + " WHERE id NOT IN (SELECT id FROM torrent)";
        try (ResultSet row = statement.executeQuery(sql)) {
          assertThat(row.next()).isTrue();
          assertThat(row.getLong(1)).as("%s, rows of nothing in %s", point, table).isZero();
        }
      }
    }
  }

  @Test
  void aSecondProcessIsRefusedUntilTheFirstIsKilled() throws IOException {
    try (Child child = start("", "1")) {
      assertThat(child.line().orElseThrow()).startsWith("open");
      String pid = "process " + child.pid();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> StateStore.open(dir))
          .isInstanceOf(sluice.state.fault.StateException.class)
          .hasMessageContaining(pid);
    }
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.UNCLEAN);
      StateStoreTest.assertKind(
          sluice.state.fault.StateException.Kind.LOCKED, () -> StateStore.open(dir));
    }
    StateStore.open(dir, Samples.QUICK).close();
  }
}
