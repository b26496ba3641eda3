package sluice.engine.choke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.engine.fake.FakeEntropy;

/** Peers of a seed that want all they get have as much in the end, whoever came first. */
class SeedTurnsTest {
  private static final int ROUNDS = 6 * 60 * 4;

  @ParameterizedTest
  @CsvSource({"5, 3, 25000", "5, 4, 25000", "7, 3, 25000", "5, 3, 2000000", "9, 8, 200000"})
  void allHaveTheSame(int peers, int slots, long bytesPerSecond) {
    ChokeWorld world = new ChokeWorld(new SeedRoundRobin(32 << 20), slots, new FakeEntropy(1));
    for (int i = 0; i < peers; i++) {
      world.add().up = bytesPerSecond;
    }
    for (int i = 0; i < ROUNDS; i++) {
      world.step();
    }
    double each = (double) bytesPerSecond * 10 * ROUNDS * slots / peers;
    for (ChokeWorld.Peer peer : world.peers) {
      assertThat(peer.total / each).isBetween(0.95, 1.05);
    }
  }
}
