package sluice.tracker.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One line for each event, whatever is in it. */
final class EventTest {
  @Test
  void valuesAreQuotedWhenTheyMustBe() {
    assertThat(Event.of("load", "peers", 5, "problem", "no \"such\" file\nx", "empty", ""))
        .isEqualTo("event=load peers=5 problem=\"no \\\"such\\\" file x\" empty=\"\"");
    assertThat(Event.value("a".repeat(1_000))).hasSize(500);
    assertThat(Event.value("a=b")).isEqualTo("\"a=b\"");
  }
}
