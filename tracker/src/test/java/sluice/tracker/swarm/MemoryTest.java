package sluice.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongToIntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Memory for each IPv4 peer, all included, however peers are spread over swarms. More peers: {@code
 * -Dsluice.peers=10000000}.
 */
final class MemoryTest {
  private static final int PEERS = Integer.getInteger("sluice.peers", 250_000);

  /** Bytes of each peer, and of all blocks that are partly used: at a million peers 40 each. */
  private static final int MAX_BYTES = 39;

  private static final int FIXED_BYTES = 1 << 20;
  private static final int INTERVAL_SECONDS = 1_800;

  private final Visit visit = new Visit();
  private final ByteBuffer out = ByteBuffer.allocate(1_000);
  private final SwarmStore store = new SwarmStore(7, StoreLimits.DEFAULT);

  /** The swarm of a peer: all of one size, or sizes that follow a law with a long tail. */
  private static LongToIntFunction spread(String law) {
    if (!law.equals("tail")) {
      int size = Integer.parseInt(law);
      return peer -> (int) (peer / size);
    }
    // The inverse of a Pareto distribution: most swarms have one peer, few have many thousands.
    return peer -> {
      double chance = new Random(peer).nextDouble();
      return (int) Math.min(Integer.MAX_VALUE, Math.pow(chance, -1.5));
    };
  }

  private void announce(int swarm, int peer, boolean stopped, int seconds) {
    visit.hash(swarm * 0x9E3779B97F4A7C15L, swarm, swarm).ipv4(0x0a000000 + peer, 6_881);
    visit.role(peer % 3 == 0 ? Role.SEED : Role.DOWNLOADER).want(0, false);
    if (stopped) {
      visit.stopped();
    }
    out.clear();
    store.announce(visit, seconds, peer, out);
  }

  private void sweep(int seconds) {
    for (int i = 0; i < 32; i++) {
      store.sweep(seconds, INTERVAL_SECONDS, 32);
    }
  }

  private void isSmall(String what) {
    StoreCounts counts = store.counts();
    double each = (double) (counts.bytes() - FIXED_BYTES) / counts.peers();
    if (Boolean.getBoolean("sluice.print")) {
      System.out.printf(
          Locale.ROOT,
          "%s: %,d peers, %,d swarms, %.1f%n",
          what,
          counts.peers(),
          counts.swarms(),
          each);
    }
    assertThat(each).as(what).isLessThanOrEqualTo(MAX_BYTES);
  }

  /** While peers come, and when a part of each swarm has left. */
  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 0",
    "3, 30",
    "4, 30",
    "5, 30",
    "7, 30",
    "9, 30",
    "13, 30",
    "17, 30",
    "25, 30",
    "33, 30",
    "49, 30",
    "64, 40",
    "65, 40",
    "66, 40",
    "129, 40",
    "300, 40",
    "1000, 40",
    "100000, 40",
    "tail, 10"
  })
  void isSmallHoweverPeersAreSpread(String law, int leavingPercent) {
    LongToIntFunction swarm = spread(law);
    for (int peer = 0; peer < PEERS; peer++) {
      announce(swarm.applyAsInt(peer), peer, false, 0);
      if (peer == PEERS / 2 || peer == PEERS / 3 * 2 || peer == PEERS - 1) {
        isSmall(law + " after " + peer);
      }
    }
    assertThat(store.counts().peers()).isEqualTo(PEERS);
    Random random = new Random(1);
    for (int peer = 0; peer < PEERS; peer++) {
      if (random.nextInt(100) < leavingPercent) {
        announce(swarm.applyAsInt(peer), peer, true, 1);
      }
    }
    sweep(1);
    isSmall(law + " when some have left");
  }
}
