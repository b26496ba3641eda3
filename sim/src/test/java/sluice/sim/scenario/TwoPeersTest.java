package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.engine.session.EngineEvent;
import sluice.sim.net.LinkProfile;

/** One seed and one leech. */
class TwoPeersTest {
  private static void share(Swarm swarm) {
    EnginePeer seed = swarm.seed("seed", LinkProfile.home());
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().complete(Duration.ofMinutes(2));
    assertThat(leech.volume().isTrue()).isTrue();
    assertThat(leech.hasTold(EngineEvent.Completed.class)).isTrue();
    assertThat(seed.hasTold(EngineEvent.Completed.class)).isFalse();
    assertThat(leech.snapshot().orElseThrow().wasted()).isZero();
    swarm.finish();
    assertThat(swarm.tracker().peers()).isZero();
    assertThat(swarm.tracker().announces("completed")).isEqualTo(1);
  }

  @Test
  void v1IsByteExact() {
    share(new Swarm(1, SimTorrent.v1(1, 65_536, 1_000_001)));
  }

  @Test
  void v1OverIpv6() {
    share(new Swarm(2, SimTorrent.v1(2, 32_768, 400_000)).ipv6());
  }
}
