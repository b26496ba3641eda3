package sluice.tracker.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The interval follows the load. */
final class PaceTest {
  private static final int INTERVAL = 1_800;
  private static final int LIMIT = 1_000;
  private static final int A_WHILE = 60;

  private final Pace pace = new Pace(rules(INTERVAL));

  private static Rules rules(int interval) {
    return new Rules(interval, 900, 0, 50, 200, LIMIT, 0);
  }

  /** The interval after a while at this load. */
  private int at(long announcesPerSecond) {
    for (int i = 0; i < A_WHILE; i++) {
      pace.measure(announcesPerSecond);
    }
    return pace.seconds();
  }

  @Test
  void isLongerTheMoreIsAskedAndComesBack() {
    assertThat(at(0)).isEqualTo(INTERVAL);
    assertThat(at(LIMIT)).isEqualTo(INTERVAL);
    assertThat(at(2 * LIMIT)).isBetween(2 * INTERVAL - 5, 2 * INTERVAL);
    assertThat(pace.interval(0)).as("as it is told").isEqualTo(pace.seconds());
    assertThat(pace.ttlSeconds()).as("nobody is forgotten before").isGreaterThan(2 * 2 * INTERVAL);
    assertThat(at(1_000 * LIMIT)).isBetween(4 * INTERVAL - 5, 4 * INTERVAL);
    assertThat(at(LIMIT / 2)).isBetween(INTERVAL, INTERVAL + 5);
  }

  /** One second of much load changes little: those who are told of it come back later only. */
  @Test
  void changesSlowly() {
    pace.measure(1_000 * LIMIT);
    assertThat(pace.seconds()).isBetween(INTERVAL + 1, 2 * INTERVAL);
  }

  @Test
  void staysBelowWhatPeersAreForgottenBy() {
    pace.rules(rules(Rules.MAX_INTERVAL_SECONDS));
    assertThat(at(1_000 * LIMIT)).isEqualTo(Rules.MAX_INTERVAL_SECONDS);
    assertThat(pace.ttlSeconds()).isLessThan(1 << 16);
  }
}
