package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** The tracker's log is one line in logfmt for each event. */
final class TrackerLogTest {
  @Test
  void linesHaveTimeLevelAndEvent() {
    Instant time = Instant.parse("2026-05-06T07:08:09.123456Z");
    assertThat(TrackerLog.line(time, Level.INFO, "event=stopped"))
        .isEqualTo("time=2026-05-06T07:08:09.123Z level=info event=stopped");
    assertThat(TrackerLog.line(time, Level.SEVERE, "two words"))
        .isEqualTo("time=2026-05-06T07:08:09.123Z level=error event=message text=\"two words\"");
    assertThat(TrackerLog.line(time, Level.FINE, "event=x")).contains(" level=debug ");
  }
}
