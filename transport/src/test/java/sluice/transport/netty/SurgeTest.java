package sluice.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What happens too often. */
class SurgeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = -7 * SECOND;
  private static final int PER_SECOND = 2_000;
  private static final int BURST = 500;

  /** So often for a second, looked at each millisecond; when it is seen, or -1. */
  private static long seenAfterMillis(int perSecond) {
    Surge surge = new Surge(PER_SECOND, BURST, START);
    for (int i = 0; i < perSecond; i++) {
      surge.add();
      if (i % (perSecond / 1_000) == 0) {
        long now = START + i * SECOND / perSecond;
        if (surge.isOn(now)) {
          return (now - START) / 1_000_000;
        }
      }
    }
    return -1;
  }

  @Test
  void manyAreASurgeAndFewAreNot() {
    assertThat(seenAfterMillis(PER_SECOND)).isEqualTo(-1);
    assertThat(seenAfterMillis(50_000)).isBetween(1L, 20L);
  }

  @Test
  void itIsOverAMomentAfterItsEnd() {
    Surge surge = new Surge(PER_SECOND, BURST, START);
    for (int i = 0; i < 1_000_000; i++) {
      surge.add();
    }
    assertThat(surge.isOn(START)).isTrue();
    assertThat(surge.isOn(START + SECOND / 5)).isFalse();
    for (int i = 0; i < PER_SECOND / 10; i++) {
      surge.add();
    }
    assertThat(surge.isOn(START + SECOND / 5)).isFalse();
  }
}
