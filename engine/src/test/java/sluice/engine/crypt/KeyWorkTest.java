package sluice.engine.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeLoop;

class KeyWorkTest {
  private final FakeLoop loop = new FakeLoop();
  private final KeyWork work = new KeyWork(loop);
  private int done;

  private int add(int count) {
    int taken = 0;
    for (int i = 0; i < count; i++) {
      taken += work.add(() -> done++) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aFloodIsWorkedOffAtItsRate() {
    assertThat(add(100)).isEqualTo(100);
    assertThat(done).isEqualTo(16);
    loop.run(KeyWork.TICK_NANOS);
    assertThat(done).isEqualTo(32);
    loop.run(5 * KeyWork.TICK_NANOS);
    assertThat(done).isEqualTo(100);
    loop.run(10 * KeyWork.TICK_NANOS);
    assertThat(add(17)).isEqualTo(17);
    assertThat(done).isEqualTo(116);
  }

  @Test
  void whoComesAfterAThousandIsRefused() {
    assertThat(add(5_000)).isEqualTo(KeyWork.PER_TICK + KeyWork.MAX_WAITING);
  }

  @Test
  void aTickOfWorkIsNotExceededByThoseThatComeLater() {
    add(40);
    loop.run(KeyWork.TICK_NANOS);
    add(40);
    assertThat(done).isEqualTo(32);
    loop.run(KeyWork.TICK_NANOS);
    assertThat(done).isEqualTo(48);
  }
}
