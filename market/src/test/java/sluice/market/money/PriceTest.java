package sluice.market.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceTest {
  private static final BigInteger MEBIBYTE = BigInteger.valueOf(1 << 20);

  @Test
  void theExamplesOfTheSpecification() {
    Price price = new Price(209_715);
    assertThat(price.due(16_384)).isEqualTo(3_276);
    assertThat(price.due(5 * 16_384)).isEqualTo(16_383);
    assertThat(price.due(64 * 16_384)).isEqualTo(209_715);
    assertThat(price.due(0)).isZero();
    assertThat(Price.FREE.due(Long.MAX_VALUE)).isZero();
  }

  @Test
  void itIsExactOrRefused() {
    long seed = 42;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      long bytes = random.nextLong() >>> random.nextInt(1, 64);
      long rate = random.nextLong() >>> random.nextInt(1, 64);
      BigInteger right =
          BigInteger.valueOf(bytes).multiply(BigInteger.valueOf(rate)).divide(MEBIBYTE);
      String as = "seed " + seed + ": " + bytes + " at " + rate;
      if (right.bitLength() < Long.SIZE) {
        assertThat(new Price(rate).due(bytes)).as(as).isEqualTo(right.longValueExact());
      } else {
        assertThatThrownBy(() -> new Price(rate).due(bytes))
            .as(as)
            .isInstanceOf(ArithmeticException.class);
      }
    }
  }

  @Test
  void roundingFavoursThePayerByLessThanOneUnitAPart() {
    long seed = 43;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      Price price = new Price(random.nextLong(1L << 40));
      int parts = random.nextInt(1, 50);
      long sum = 0;
      long bytes = 0;
      for (int part = 0; part < parts; part++) {
        long more = random.nextLong(1 << 20);
        bytes += more;
        sum += price.due(more);
      }
      assertThat(price.due(bytes) - sum).as("seed %d, run %d", seed, i).isBetween(0L, parts - 1L);
    }
  }

  @Test
  void aChangeOfPriceClosesWhatWasCharged() {
    Bill bill = new Bill(new Price(1 << 20));
    bill.add(10);
    bill.price(new Price(3 << 20));
    bill.add(5);
    assertThat(bill.dueMicros()).isEqualTo(10 + 15);
    assertThat(bill.dueMicrosAfter(1)).isEqualTo(28);
    assertThat(bill.bytes()).isEqualTo(15);
    bill.price(bill.price());
    assertThat(bill.dueMicros()).isEqualTo(25);
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatThrownBy(() -> new Price(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Price(1).due(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
