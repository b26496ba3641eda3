package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/**
 * How soon the pieces of one seed are with eleven leeches, in units of the time in which the seed
 * can send everything once.
 */
class SpreadTest {
  private static final int LEECHES = 11;
  private static final long BYTES = 26L << 20;
  private static final long RATE = 2_000_000;
  private static final int PIECE = 65_536;
  private static final Duration STEP = Duration.ofMillis(50);

  /** What it took. */
  private record Spread(double last, double copies) {}

  private static Spread run(long seedNumber, LinkProfile line, long limit) {
    Swarm swarm = new Swarm(seedNumber, SimTorrent.v1(seedNumber, PIECE, BYTES));
    EnginePeer seed =
        swarm.peer(
            "seed",
            line,
            SimVolume.full(swarm.torrent().truth()),
            EnginePeer.Options.limits(0, limit));
    LinkProfile fast = LinkProfile.home().rates(5 * RATE, 0);
    IntStream.range(0, LEECHES).forEach(i -> swarm.leech("leech" + i, fast));
    swarm.start();
    double unit = (double) BYTES / RATE;
    double seconds = 0;
    while (!swarm.peers().stream().allMatch(EnginePeer::isComplete) && seconds < 3 * unit) {
      swarm.runFor(STEP);
      seconds += STEP.toMillis() / 1e3;
    }
    double copies = (double) seed.snapshot().orElseThrow().uploaded() / BYTES;
    swarm.finish();
    Spread spread = new Spread(seconds / unit, copies);
    System.out.println("seed " + seedNumber + ", limit " + limit + ": " + spread);
    return spread;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fromALimitedSeed(long seedNumber) {
    Spread spread = run(seedNumber, LinkProfile.home().rates(0, 0), RATE);
    assertThat(spread.last()).isLessThan(1.3);
    assertThat(spread.copies()).isLessThan(1.3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fromASeedWithANarrowLine(long seedNumber) {
    Spread spread = run(seedNumber, LinkProfile.home().rates(RATE, 0), 0);
    assertThat(spread.last()).isLessThan(1.3);
    assertThat(spread.copies()).isLessThan(1.3);
  }
}
