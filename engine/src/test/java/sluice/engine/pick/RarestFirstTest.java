package sluice.engine.pick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Entropy;

class RarestFirstTest {
  private static final int PIECES = 37;
  private static final int STEPS = 20_000;

  /** Random changes beside a naive model: the rarest is always one of the least counts. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithNaiveModel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RarestFirst order = new RarestFirst(PIECES, entropy(random));
    int[] count = new int[PIECES];
    BitSet candidates = new BitSet();
    for (int step = 0; step < STEPS; step++) {
      int piece = random.nextInt(PIECES);
      switch (random.nextInt(4)) {
        case 0 -> {
          if (candidates.get(piece)) {
            order.remove(piece);
          } else {
            order.add(piece);
          }
          candidates.flip(piece);
        }
        case 1, 2 -> {
          count[piece]++;
          order.increment(piece);
        }
        default -> {
          if (count[piece] > 0) {
            count[piece]--;
            order.decrement(piece);
          }
        }
      }
      BitSet allowed = new BitSet();
      for (int i = 0; i < PIECES; i++) {
        allowed.set(i, random.nextBoolean());
      }
      int rarest = order.rarest(allowed::get);
      allowed.and(candidates);
      int least = allowed.stream().map(p -> count[p]).min().orElse(-1);
      assertThat(rarest < 0 ? -1 : count[rarest])
          .as("seed %d step %d", seed, step)
          .isEqualTo(least);
      assertThat(rarest < 0 || allowed.get(rarest)).isTrue();
      assertThat(order.isEmpty()).isEqualTo(candidates.isEmpty());
    }
  }

  /** Among equally rare pieces every one is chosen sometimes. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void isRandomAmongEquals(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet chosen = new BitSet();
    for (int run = 0; run < 500; run++) {
      RarestFirst order = new RarestFirst(8, entropy(random));
      for (int i = 0; i < 8; i++) {
        order.add(i);
      }
      chosen.set(order.rarest(p -> true));
    }
    assertThat(chosen.cardinality()).isEqualTo(8);
  }

  private static Entropy entropy(SplittableRandom random) {
    return new Entropy() {
      @Override
      public long nextLong() {
        return random.nextLong();
      }

      @Override
      public int nextInt(int bound) {
        return random.nextInt(bound);
      }

      @Override
      public void fill(byte[] bytes) {
        random.nextBytes(bytes);
      }
    };
  }
}
