package sluice.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIndexOutOfBoundsException;

import org.junit.jupiter.api.Test;

/** What is looked at ahead is what an announce then needs, and lies as it is meant to. */
final class GlanceTest {
  private static final long SEED = 7;
  private static final int SWARMS = 20_000;
  private static final long LINE_BYTES = 64;
  private static final long ADDRESS_MASK = (1L << 48) - 1;

  private final Memory memory = Memory.create();
  private final Records records = new Records(memory);
  private final Visit visit = new Visit();

  private int mix(int swarm) {
    visit.hash(swarm * 0x9E3779B97F4A7C15L, swarm, swarm);
    return (int) Shard.mix(visit, SEED);
  }

  @Test
  void almostEveryRecordIsFoundByItsTag() {
    SwarmIndex index = new SwarmIndex(records, SEED);
    for (int swarm = 0; swarm < SWARMS; swarm++) {
      int mix = mix(swarm);
      index.add(records.allocate(visit), mix);
    }
    int found = 0;
    for (int swarm = 0; swarm < SWARMS; swarm++) {
      int mix = mix(swarm);
      found += index.probably(mix) == index.find(visit, mix) ? 1 : 0;
    }
    assertThat(found).isGreaterThan(SWARMS * 98 / 100);
  }

  @Test
  void noRecordLiesAcrossTwoLines() {
    for (int swarm = 0; swarm < SWARMS; swarm++) {
      mix(swarm);
      int record = records.allocate(visit);
      long address = (records.page(record) & ADDRESS_MASK) + 8L * records.offset(record);
      assertThat(address % LINE_BYTES).isLessThanOrEqualTo(LINE_BYTES - 8L * Records.WORDS);
    }
  }

  @Test
  void aBlockThatBeginsWithALineHasAllItsWords() {
    for (int words = 1; words < 200; words++) {
      long block = memory.lines(words);
      assertThat((block & ADDRESS_MASK) % LINE_BYTES).isZero();
      for (int at = 0; at < words; at++) {
        assertThat(Memory.word(block, at)).isZero();
        Memory.word(block, at, -1);
      }
      int beyond = words;
      assertThatIndexOutOfBoundsException().isThrownBy(() -> Memory.word(block, beyond));
    }
  }
}
