package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.sim.net.LinkProfile;

/** How well a swarm uses the uplinks that it has, whose rates no engine knows. */
class ShareTest {
  private static final long MIB = 1 << 20;

  private static long uploaded(EnginePeer peer) {
    return peer.snapshot().orElseThrow().uploaded();
  }

  @Test
  void anUplinkOfUnknownRateIsUsed() {
    long rate = 500_000;
    Swarm swarm = new Swarm(501, SimTorrent.v1(501, 262_144, 200 * MIB));
    EnginePeer seed = swarm.seed("seed", LinkProfile.home().rates(rate, 0));
    List<EnginePeer> leeches =
        IntStream.range(0, 6)
            .mapToObj(i -> swarm.leech("leech" + i, LinkProfile.home().rates(50_000, 1_000_000)))
            .toList();
    swarm.start().runFor(Duration.ofSeconds(30));
    long before = uploaded(seed);
    swarm.runFor(Duration.ofSeconds(120));
    double used = (uploaded(seed) - before) / 120.0 / rate;
    System.out.printf("unknown uplink: %.2f %% used by payload%n", 100 * used);
    assertThat(used).isGreaterThan(0.97);
    assertThat(leeches).noneMatch(EnginePeer::isComplete);
    swarm.finish();
  }
}
