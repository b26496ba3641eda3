package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/** Whole swarms. */
class ManyPeersTest {
  private static final int LEECHES = Integer.getInteger("sluice.sim.leeches", 80);

  @Test
  void manyLeechesFinishFromOneSeed() {
    Swarm swarm = new Swarm(200, SimTorrent.v1(200, 32_768, 1 << 20)).memory(64);
    swarm.seed("seed", LinkProfile.home());
    for (int i = 0; i < LEECHES; i++) {
      swarm.leech("leech" + i, LinkProfile.home());
    }
    swarm.start().complete(Duration.ofMinutes(30));
    assertThat(swarm.peers()).allMatch(p -> p.volume().isTrue());
    long fromSeed = swarm.peers().getFirst().snapshot().orElseThrow().uploaded();
    assertThat(fromSeed).isLessThan((long) LEECHES << 19);
    swarm.finish();
  }

  @Test
  void fastAndSlowPeersShare() {
    Swarm swarm = new Swarm(7, SimTorrent.v1(7, 65_536, 4 << 20));
    swarm.seed("seed", LinkProfile.home().rates(400_000, 0));
    for (int i = 0; i < 8; i++) {
      swarm.leech("fast" + i, LinkProfile.home());
      swarm.leech("slow" + i, LinkProfile.poor());
    }
    swarm.start().complete(Duration.ofMinutes(10));
    swarm.finish();
  }

  @Test
  void limitsOfTheSessionHold() {
    Swarm swarm = new Swarm(8, SimTorrent.v1(8, 65_536, 3_000_000));
    swarm.seed("seed", LinkProfile.fast());
    EnginePeer limited =
        swarm.peer(
            "limited",
            LinkProfile.fast(),
            SimVolume.empty(swarm.torrent().truth()),
            EnginePeer.Options.limits(100_000, 0));
    swarm.start().runFor(Duration.ofSeconds(20));
    assertThat(limited.snapshot().orElseThrow().downloaded()).isBetween(1_600_000L, 2_150_000L);
    swarm.complete(Duration.ofSeconds(20));
    swarm.finish();
  }

  @Test
  void littleMemoryIsEnough() {
    Swarm swarm = new Swarm(9, SimTorrent.v1(9, 131_072, 2_000_000)).memory(16);
    swarm.seed("seed", LinkProfile.home());
    for (int i = 0; i < 4; i++) {
      swarm.leech("leech" + i, LinkProfile.home());
    }
    swarm.start().complete(Duration.ofMinutes(5));
    swarm.finish();
  }
}
