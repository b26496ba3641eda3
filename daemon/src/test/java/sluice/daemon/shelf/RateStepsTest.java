package sluice.daemon.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rates over time. */
class RateStepsTest {
  @Test
  void stepsAreAveragesAndTheLastOnesAreKept() {
    RateSteps steps = new RateSteps(5, 2, 3);
    assertThat(steps.seen().down()).isEmpty();
    for (int i = 1; i <= 9; i++) {
      steps.add(i * 100L, i);
    }
    RateSteps.Seen seen = steps.seen();
    assertThat(seen.stepSeconds()).isEqualTo(10);
    assertThat(seen.room()).isEqualTo(3);
    assertThat(seen.down()).containsExactly(350, 550, 750);
    assertThat(seen.up()).containsExactly(3, 5, 7);
  }

  @Test
  void itIsQuietOnceAllThatWasMovedIsForgotten() {
    RateSteps steps = new RateSteps(1, 1, 2);
    assertThat(steps.isQuiet()).isTrue();
    steps.add(Long.MAX_VALUE / 2, 0);
    steps.add(0, 0);
    assertThat(steps.seen().down()).containsExactly(Integer.MAX_VALUE, 0);
    assertThat(steps.isQuiet()).isFalse();
    steps.add(0, 0);
    assertThat(steps.isQuiet()).isTrue();
  }
}
