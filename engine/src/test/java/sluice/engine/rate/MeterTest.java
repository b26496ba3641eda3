package sluice.engine.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aSteadyStreamIsMeasuredExactly() {
    Meter meter = new Meter(5);
    for (int i = 1; i <= 300; i++) {
      meter.add(10_000, 5 + i * SECOND / 10);
      if (i >= 20) {
        assertThat(meter.rate(5 + i * SECOND / 10)).isBetween(98_000L, 105_500L);
      }
    }
    assertThat(meter.total()).isEqualTo(3_000_000);
  }

  @Test
  void silenceBringsTheRateToZeroInEightSeconds() {
    Meter meter = new Meter(0);
    meter.add(800_000, SECOND / 2);
    assertThat(meter.rate(SECOND / 2)).isEqualTo(800_000);
    assertThat(meter.rate(4 * SECOND)).isEqualTo(200_000);
    assertThat(meter.rate(8 * SECOND - 1)).isEqualTo(100_000);
    assertThat(meter.rate(8 * SECOND)).isZero();
    assertThat(meter.total()).isEqualTo(800_000);
  }

  @Test
  void clockJumpsAreHarmless() {
    Meter meter = new Meter(100 * SECOND);
    meter.add(1_000, 101 * SECOND);
    meter.add(1_000, 50 * SECOND);
    assertThat(meter.rate(50 * SECOND)).isEqualTo(2_000);
    assertThat(meter.rate(100_000 * SECOND)).isZero();
    meter.add(7_000, 100_000 * SECOND + SECOND);
    assertThat(meter.rate(100_000 * SECOND + SECOND)).isEqualTo(1_000);
    assertThat(meter.total()).isEqualTo(9_000);
  }
}
