package sluice.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Blocks outside of the heap: none touches another, and nobody reads beyond one. */
final class BlocksTest {
  private final Memory memory = Memory.create();

  private record Filled(long block, int words, long pattern) {}

  @Test
  void blocksKeepWhatIsInThem() {
    long seed = Long.getLong("sluice.seed", 31L);
    Random random = new Random(seed);
    List<Filled> all = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      String where = "seed " + seed + ", step " + step;
      if (all.size() < 200 && random.nextInt(3) > 0) {
        all.add(fill(1 + random.nextInt(600), random.nextLong(), where));
      } else if (!all.isEmpty()) {
        Filled filled = all.remove(random.nextInt(all.size()));
        for (int i = 0; i < filled.words; i++) {
          assertThat(Memory.word(filled.block, i)).as(where).isEqualTo(filled.pattern + i);
        }
        memory.free(filled.block);
      }
    }
  }

  private Filled fill(int words, long pattern, String where) {
    long block = memory.words(words);
    for (int i = 0; i < words; i++) {
      assertThat(Memory.word(block, i)).as(where).isZero();
      Memory.word(block, i, pattern + i);
    }
    return new Filled(block, words, pattern);
  }

  @Test
  void nothingIsReadBeyondItsEnd() {
    long slots = memory.slots(3);
    Memory.slot(slots, 2, 7);
    assertThat(Memory.slot(slots, 2)).isEqualTo(7);
    assertThatThrownBy(() -> Memory.slot(slots, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Memory.word(slots, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Memory.word(Memory.NOTHING, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    long words = memory.words(2);
    assertThatThrownBy(() -> Memory.copy(words, 1, words, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void longestBlockIsThatWhoseLengthFits() {
    long longest = memory.slots(65_535);
    Memory.slot(longest, 65_534, 7);
    assertThat(Memory.slot(longest, 65_534)).isEqualTo(7);
    assertThat(Memory.word(longest, 32_766)).isZero();
    assertThatThrownBy(() -> memory.slots(65_536)).isInstanceOf(IllegalArgumentException.class);
  }
}
