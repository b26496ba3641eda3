package sluice.engine.pick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Entropy;

class CandidatesTest {
  private static final int PIECES = 37;
  private static final int STEPS = 20_000;

  /** Random changes beside a naive model: the rarest is one of the least counts, by priority. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithNaiveModel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Candidates order = new Candidates(PIECES, entropy(random));
    int[] count = new int[PIECES];
    BitSet candidates = new BitSet();
    for (int step = 0; step < STEPS; step++) {
      int piece = random.nextInt(PIECES);
      switch (random.nextInt(5)) {
        case 0 -> {
          if (candidates.get(piece)) {
            order.remove(piece);
          } else {
            order.add(piece);
          }
          candidates.flip(piece);
        }
        case 4 -> {
          order.remove(piece);
          order.priority(piece, Priority.of(1 + random.nextInt(4)));
          if (candidates.get(piece)) {
            order.add(piece);
          }
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
      int best =
          allowed.stream().map(p -> value(order, p) - count[p]).max().orElse(Integer.MIN_VALUE);
      assertThat(rarest < 0 ? Integer.MIN_VALUE : value(order, rarest) - count[rarest])
          .as("seed %d step %d", seed, step)
          .isEqualTo(best);
      int top = allowed.stream().map(p -> order.priority(p).level()).max().orElse(-1);
      assertThat(order.lowest(allowed::get))
          .isEqualTo(
              allowed.stream()
                  .filter(p -> order.priority(p).level() == top)
                  .findFirst()
                  .orElse(-1));
      assertThat(rarest < 0 || allowed.get(rarest)).isTrue();
      assertThat(order.isEmpty()).isEqualTo(candidates.isEmpty());
    }
  }

  /** More than any count, for each step of priority. */
  private static int value(Candidates order, int piece) {
    return STEPS * order.priority(piece).level();
  }

  /** Among equally rare pieces every one is chosen sometimes. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void isRandomAmongEquals(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet chosen = new BitSet();
    for (int run = 0; run < 500; run++) {
      Candidates order = new Candidates(8, entropy(random));
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
