package sluice.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.cli.CapturedConsole;
import sluice.cli.Console;
import sluice.cli.ExitCode;

class ReporterTest {
  private static final long MIB = 1 << 20;
  private static final Progress HALF =
      new Progress("ab12", "film", Stage.DOWNLOADING, 5 * MIB, 10 * MIB, 5 * MIB, 3, MIB, 0, 2);
  private static final Progress SEED =
      new Progress("cd34", "book", Stage.SEEDING, 7 * MIB, 7 * MIB, 0, MIB, 0, 2 * MIB, 1);

  private static final Progress MAGNET =
      new Progress("ef56", "magnet ef56", Stage.METADATA, 0, 0, 0, 0, 0, 0, 2);

  private final CapturedConsole captured = new CapturedConsole();
  private final Console console = captured.console();

  @Test
  void jsonLinesHaveTheDocumentedFields() {
    Reporter json = new JsonReporter(console.out(), console.err(), false);
    json.listening(6881);
    json.metadata("ab12", "film", 10 * MIB, 2);
    json.checked("ab12", "film", 0.25, 3, 9);
    json.progress(List.of(HALF));
    json.complete("ab12", "film", false);
    json.seeding("ab12", "film");
    json.error(ExitCode.FAILED, "no \"room\"\n");
    json.close();
    assertThat(captured.outLines())
        .containsExactly(
            "{\"event\":\"listening\",\"port\":6881}",
            "{\"event\":\"metadata\",\"name\":\"film\",\"total\":10485760,\"files\":2}",
            "{\"event\":\"checked\",\"seconds\":0.250,\"have\":3,\"pieces\":9}",
            "{\"event\":\"progress\",\"downloaded\":5242880,\"uploaded\":3,\"total\":10485760,"
                + "\"peers\":2,\"received\":5242880,\"down_rate\":1048576,\"up_rate\":0,\"phase\":\"downloading\"}",
            "{\"event\":\"complete\"}",
            "{\"event\":\"seeding\"}",
            "{\"event\":\"error\",\"code\":1,\"message\":\"no \\\"room\\\"\\n\"}");
    assertThat(captured.err()).isEqualTo("sluice: no \"room\"\\u000a" + System.lineSeparator());
  }

  @Test
  void jsonOfSeveralTorrentsNamesThem() {
    Reporter json = new JsonReporter(console.out(), console.err(), true);
    json.listening(1);
    json.progress(List.of(HALF, SEED));
    json.complete("cd34", "book", true);
    assertThat(captured.outLines().get(0)).isEqualTo("{\"event\":\"listening\",\"port\":1}");
    assertThat(captured.outLines().get(1)).contains("\"torrent\":\"ab12\"");
    assertThat(captured.outLines().get(2)).contains("\"torrent\":\"cd34\"");
    assertThat(captured.outLines().get(3))
        .isEqualTo("{\"event\":\"complete\",\"torrent\":\"cd34\"}");
  }

  @Test
  void warningsDoNotGoToTheJsonStream() {
    new JsonReporter(console.out(), console.err(), false).warning("look\u001b[0m");
    assertThat(captured.out()).isEmpty();
    assertThat(captured.err()).startsWith("sluice: look\\u001b[0m");
  }

  @Test
  void plainLinesHaveNoControlCharacters() {
    Reporter text = new TextReporter(console.out(), console.err(), 0);
    text.listening(6881);
    text.progress(List.of(MAGNET));
    text.metadata("ef56", "tale", 5 * MIB, 1);
    text.checked("ab12", "film", 61.2, 3, 9);
    text.progress(List.of(HALF, SEED));
    text.progress(List.of(SEED));
    text.complete("ab12", "fi\u001blm", false);
    text.close();
    assertThat(captured.outLines())
        .containsExactly(
            "listening on port 6881",
            "tale: metadata received, 5.0 MiB in one file",
            "film: checked in 1m 01s, 3 of 9 pieces",
            "fi\\u001blm: complete");
    assertThat(captured.err().lines())
        .containsExactly(
            "magnet ef56: fetching metadata, 2 peers",
            "film: 50% of 10.0 MiB, 1.0 MiB/s, 2 peers, 5s left",
            "book: seeding 7.0 MiB, up 2.0 MiB/s, 1 peer");
  }

  @Test
  void theLiveLineIsErasedBeforeOtherLines() {
    Reporter text = new TextReporter(console.out(), console.err(), 100);
    text.progress(List.of(HALF));
    text.warning("w");
    text.progress(List.of(HALF));
    text.close();
    String live = "\r\033[Kfilm  [####################....................] 50% of 10.0 MiB,";
    assertThat(captured.err())
        .startsWith(live)
        .containsSubsequence(live, "left", "\r\033[K", "sluice: w", live, "left")
        .endsWith("left" + System.lineSeparator());
  }

  @Test
  void theLiveLineFitsEveryWidth() {
    for (int width = 3; width < 200; width++) {
      assertThat(ProgressLine.live(List.of(HALF), width)).hasSizeLessThanOrEqualTo(width);
      assertThat(ProgressLine.live(List.of(HALF, SEED), width)).hasSizeLessThanOrEqualTo(width);
    }
    assertThat(ProgressLine.live(List.of(HALF, SEED), 120)).startsWith("2 torrents  [#");
    assertThat(ProgressLine.live(List.of(MAGNET), 120))
        .startsWith("magnet ef56  [.")
        .contains("] fetching metadata, 2 peers");
    assertThat(ProgressLine.live(List.of(HALF, MAGNET), 120)).contains("50% of 10.0 MiB");
  }

  @Test
  void onlyACapableTerminalGetsALiveLine() {
    assertThat(Terminal.columns("", Map.of("TERM", "xterm"))).isZero();
    assertThat(Terminal.columns("120", Map.of("TERM", "dumb"))).isZero();
    assertThat(Terminal.columns("120", Map.of())).isZero();
    assertThat(Terminal.columns("120", Map.of("TERM", "xterm"))).isEqualTo(120);
    assertThat(Terminal.columns("0", Map.of("TERM", "xterm"))).isEqualTo(80);
    assertThat(Terminal.columns("x", Map.of("TERM", "xterm"))).isEqualTo(80);
  }
}
