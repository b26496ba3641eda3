package sluice.protocol.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.metainfo.MetainfoException;

/** Every row of the corpus gets its verdict, soon and with bounded memory. */
class CorpusTest {
  private static final long MAX_CPU_NANOS = 2_000_000_000L;
  private static final int MIN_MALFORMED = 300;

  @TestFactory
  Stream<DynamicTest> everyRowGetsItsVerdict() {
    return CorpusRow.all().stream()
        .map(row -> DynamicTest.dynamicTest(row.reader() + " " + row.id(), () -> run(row)));
  }

  @Test
  void everyRowHasItsOwnName() {
    List<CorpusRow> rows = CorpusRow.all();
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> assertThat(ids.add(row.id())).as(row.id()).isTrue());
  }

  /** What the guarantees promise; rows of tricky but good inputs do not count. */
  @Test
  void thereAreHundredsOfMalformedInputs() {
    assertThat(CorpusRow.all().stream().map(CorpusRow::verdict))
        .filteredOn(verdict -> verdict.startsWith("reject"))
        .hasSizeGreaterThanOrEqualTo(MIN_MALFORMED);
  }

  @Test
  void everyCauseOfRefusalHasARow() {
    List<String> verdicts = CorpusRow.all().stream().map(CorpusRow::verdict).toList();
    for (MetainfoException.Reason reason : MetainfoException.Reason.values()) {
      assertThat(verdicts).contains("reject:" + reason);
    }
    for (MagnetException.Reason reason : MagnetException.Reason.values()) {
      assertThat(verdicts).contains("reject:" + reason);
    }
  }

  private static void run(CorpusRow row) {
    byte[] input = row.input();
    Verdict verdict = Verdict.of(CorpusReaders.named(row.reader()), input);
    String[] expected = row.verdict().split(":");
    if (!expected[0].equals("either")) {
      assertThat(verdict.outcome()).as(row.why() + " " + verdict.reason()).isEqualTo(expected[0]);
    }
    if (expected.length > 1) {
      assertThat(verdict.reason()).as(row.why()).isEqualTo(expected[1]);
    }
    assertThat(verdict.cpuNanos()).as("CPU time").isLessThan(MAX_CPU_NANOS);
    assertThat(verdict.allocatedBytes())
        .as("allocation for " + input.length + " bytes")
        .isLessThanOrEqualTo(Verdict.allocationLimit(input.length));
  }
}
