package sluice.engine.utp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;

/** Over links of all kinds all bytes come, in order, both ways, and connections end. */
class LinkPropertyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int RUNS = Integer.getInteger("sluice.utp.runs", 25);

  @ParameterizedTest
  @ValueSource(longs = {1, 1_001})
  void allBytesComeInOrder(long first) {
    for (long seed = first; seed < first + RUNS; seed++) {
      try {
        transfer(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void transfer(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Events events = new Events();
    Path out = path(events, random);
    Path back = path(events, random);
    End near = new End(events, out).clock(random.nextLong(1L << 50), random.nextDouble(-300, 300));
    End far = new End(events, back).clock(random.nextLong(1L << 50), random.nextDouble(-300, 300));
    long up = random.nextLong(1, 3_000_000);
    long down = random.nextLong(1, 3_000_000);
    near.dial(far, random.nextInt(65_536), random.nextInt(65_536));
    int tries = 0;
    while (!near.connected && near.faults.isEmpty()) {
      events.run(SECOND / 10);
      assertThat(tries++).isLessThan(200);
    }
    if (!near.faults.isEmpty()) {
      assertThat(near.faults).extracting(Fault::kind).containsExactly(Fault.Kind.TIMEOUT);
      return;
    }
    near.send(up);
    far.send(down);
    for (int i = 0; i < 4_000 && (far.received < up || near.received < down); i++) {
      events.run(SECOND / 10);
      if (i % 50 == 10 && random.nextInt(8) == 0) {
        boolean reads = random.nextBoolean();
        far.connection().reading(reads, far.now());
      } else if (i % 50 == 49) {
        far.connection().reading(true, far.now());
      }
    }
    far.connection().reading(true, far.now());
    events.run(SECOND);
    if (far.received < up || near.received < down) {
      throw new AssertionError(
          "%s at %d of %d and %d of %d: %s %s"
              .formatted(
                  describe(out),
                  far.received,
                  up,
                  near.received,
                  down,
                  near.describe(),
                  far.describe()));
    }
    near.connection().close(near.now());
    events.run(90 * SECOND);
    assertThat(near.connection().isClosed()).isTrue();
    assertThat(near.faults).isEmpty();
    assertThat(far.faults.size()).isLessThanOrEqualTo(1);
    assertThat(far.connection().outflow().bytes()).isZero();
  }

  private static String describe(Path path) {
    return "%.0f B/s, %d ms, queue %d ms, loss %.3f, twice %.3f, late %.3f by %d ms, jitter %d ms, MTU %d"
        .formatted(
            path.bytesPerSecond,
            path.delayNanos / 1_000_000,
            path.queueNanos / 1_000_000,
            path.loss,
            path.duplicates,
            path.reorders,
            path.reorderNanos / 1_000_000,
            path.jitterNanos / 1_000_000,
            path.mtuBytes);
  }

  private static Path path(Events events, SplittableRandom random) {
    Path path = new Path(events, random.nextLong());
    path.bytesPerSecond = random.nextDouble(40_000, 5_000_000);
    path.delayNanos = random.nextLong(1_000_000, 150_000_000);
    path.queueNanos = random.nextLong(50_000_000, 800_000_000);
    path.loss = random.nextInt(3) == 0 ? random.nextDouble(0.05) : 0;
    path.duplicates = random.nextInt(3) == 0 ? random.nextDouble(0.05) : 0;
    path.reorders = random.nextInt(3) == 0 ? random.nextDouble(0.3) : 0;
    path.reorderNanos = random.nextLong(1_000_000, 100_000_000);
    path.jitterNanos = random.nextInt(3) == 0 ? random.nextLong(1, 20_000_000) : 0;
    path.mtuBytes = random.nextInt(2) == 0 ? 1_500 : random.nextInt(1_280, 1_500);
    return path;
  }
}
