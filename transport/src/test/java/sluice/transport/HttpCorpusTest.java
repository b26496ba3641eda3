package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every answer of the corpus gets its verdict. */
class HttpCorpusTest {
  private Bed bed;

  @BeforeEach
  void open() {
    bed = new Bed(TransportConfig.defaults());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @TestFactory
  Stream<DynamicTest> everyRowGetsItsVerdict() {
    return HttpRow.all().stream()
        .map(row -> DynamicTest.dynamicTest(row.reader() + " " + row.id(), () -> run(row)));
  }

  private void run(HttpRow row) {
    try (ScriptedServer server = ScriptedServer.of(row.bytes())) {
      String outcome = new HttpAsk(bed).ask(row.reader(), server.url("/file"));
      assertThat(outcome.replace(server.url(""), "SERVER")).as(row.why()).isEqualTo(row.verdict());
    }
  }

  @Test
  void everyRowHasItsOwnName() {
    List<HttpRow> rows = HttpRow.all();
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> assertThat(ids.add(row.id())).as(row.id()).isTrue());
    assertThat(rows.size()).isGreaterThanOrEqualTo(100);
  }
}
