package sluice.engine.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void burstIsAQuarterSecondButAtLeastTwoBlocks() {
    assertThat(new TokenBucket(1_000, 0).available(0)).isEqualTo(32_768);
    assertThat(new TokenBucket(1_000_000, 0).available(0)).isEqualTo(250_000);
    assertThat(new TokenBucket(1_000_000, 0).available(SECOND * 3_600)).isEqualTo(250_000);
  }

  @Test
  void zeroIsUnlimited() {
    TokenBucket bucket = new TokenBucket(0, 0);
    bucket.take(Long.MAX_VALUE, 0);
    assertThat(bucket.available(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(bucket.nanosUntilAvailable(0)).isZero();
  }

  @Test
  void debtIsPaidByTime() {
    TokenBucket bucket = new TokenBucket(100_000, 0);
    bucket.take(32_768 + 50_000, 0);
    assertThat(bucket.available(0)).isZero();
    assertThat(bucket.nanosUntilAvailable(0)).isEqualTo(500_010_000L);
    assertThat(bucket.available(500_009_999L)).isZero();
    assertThat(bucket.available(500_010_000L)).isEqualTo(1);
  }

  @Test
  void aClockThatStepsBackGivesNothing() {
    TokenBucket bucket = new TokenBucket(100_000, 10 * SECOND);
    bucket.take(132_768, 10 * SECOND);
    assertThat(bucket.nanosUntilAvailable(5 * SECOND)).isEqualTo(SECOND + 10_000);
    assertThat(bucket.available(6 * SECOND)).isZero();
    assertThat(bucket.available(6 * SECOND + 10_000)).isEqualTo(1);
  }

  @Test
  void extremesDoNotOverflow() {
    TokenBucket fast = new TokenBucket(Long.MAX_VALUE, Long.MIN_VALUE);
    fast.take(Long.MAX_VALUE, Long.MIN_VALUE);
    assertThat(fast.nanosUntilAvailable(0)).isPositive();
    assertThat(fast.available(Long.MAX_VALUE)).isBetween(0L, TokenBucket.MAX_LIMIT / 4);
    TokenBucket slow = new TokenBucket(1, 0);
    slow.take(Long.MAX_VALUE, 0);
    assertThat(slow.nanosUntilAvailable(0)).isPositive();
  }

  @Test
  void aChangedLimitHoldsAtOnce() {
    TokenBucket bucket = new TokenBucket(0, 0);
    bucket.limit(100_000, SECOND);
    assertThat(bucket.available(SECOND)).isEqualTo(32_768);
    bucket.take(132_768, SECOND);
    bucket.limit(200_000, SECOND);
    assertThat(bucket.available(SECOND + SECOND / 2)).isZero();
    assertThat(bucket.available(SECOND + SECOND / 2 + 5_000)).isEqualTo(1);
    bucket.limit(0, 2 * SECOND);
    assertThat(bucket.available(2 * SECOND)).isEqualTo(Long.MAX_VALUE);
  }

  /** Whoever takes what is available, at whatever times, gets the limit plus one burst. */
  @Test
  void overAnyTimeTheLimitHolds() {
    long seed = Long.getLong("sluice.seed", 71);
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 200; run++) {
      long limit = random.nextLong(1, 5_000_000);
      long now = random.nextLong();
      long start = now;
      long taken = 0;
      TokenBucket bucket = new TokenBucket(limit, now);
      long burst = bucket.available(now);
      for (int i = 0; i < 500; i++) {
        now += random.nextLong(20_000_000);
        long bytes = Math.min(bucket.available(now), random.nextLong(200_000));
        bucket.take(bytes, now);
        taken += bytes;
        long allowed = burst + Math.round((now - start) / 1e9 * limit) + 1;
        assertThat(taken).as("seed %d run %d", seed, run).isLessThanOrEqualTo(allowed);
      }
      long wait = bucket.nanosUntilAvailable(burst, now);
      assertThat(bucket.available(now + wait)).as("seed %d run %d", seed, run).isEqualTo(burst);
    }
  }

  @Test
  void aGreedyTakerGetsTheWholeLimit() {
    TokenBucket bucket = new TokenBucket(777_777, 0);
    bucket.take(bucket.available(0), 0);
    long now = 0;
    long taken = 0;
    while (now < 10 * SECOND) {
      now += bucket.nanosUntilAvailable(now);
      bucket.take(16_384, now);
      taken += 16_384;
    }
    assertThat(taken / 10.0).isBetween(777_000.0, 781_000.0);
  }
}
