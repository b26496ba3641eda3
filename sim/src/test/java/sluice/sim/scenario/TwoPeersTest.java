package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.engine.session.EngineEvent;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
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
    int hashes = swarm.torrent().metainfo().info().hashes().wire().size();
    assertThat(swarm.tracker().announces("completed")).isEqualTo(hashes);
  }

  @Test
  void v1IsByteExact() {
    share(new Swarm(1, SimTorrent.v1(1, 65_536, 1_000_001)));
  }

  @Test
  void v1OverIpv6() {
    share(new Swarm(2, SimTorrent.v1(2, 32_768, 400_000)).ipv6());
  }

  @ParameterizedTest
  @EnumSource
  void oneFileOfEachVersion(Version version) {
    share(new Swarm(3, SimTorrent.of(version, 3, 65_536, 999_999)));
    share(new Swarm(4, SimTorrent.of(version, 4, 65_536, 1)));
  }

  @ParameterizedTest
  @EnumSource
  void manyFilesOfEachVersion(Version version) {
    long[] lengths = {5, 0, 100_000, 16_384, 65_536, 0, 32_768, 70_001, 1, 200_000};
    share(new Swarm(5, SimTorrent.folder(version, false, 5, 32_768, lengths)));
    share(new Swarm(6, SimTorrent.folder(version, true, 6, 32_768, lengths)));
  }
}
