package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.sim.net.LinkProfile;

/** Peers without a tracker find each other through those that they know (BEP 11). */
class PeerExchangeTest {
  private static final int PEERS = 12;

  @Test
  void aChainBecomesAMesh() {
    Swarm swarm = new Swarm(31, SimTorrent.v1(31, 65_536, 24 << 20)).chain();
    swarm.seed("seed", LinkProfile.home().rates(50_000, 0));
    for (int i = 1; i < PEERS; i++) {
      swarm.leech("leech" + i, LinkProfile.home());
    }
    swarm.start().runFor(Duration.ofSeconds(250));
    assertThat(swarm.peers())
        .allSatisfy(p -> assertThat(p.snapshot().orElseThrow().peers()).isEqualTo(PEERS - 1));
    swarm.finish();
  }
}
