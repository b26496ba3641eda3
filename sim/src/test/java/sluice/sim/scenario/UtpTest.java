package sluice.sim.scenario;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.engine.policy.Transports;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/** Swarms whose peers connect by uTP (BEP 29). */
class UtpTest {
  private static EnginePeer.Options by(Transports transports) {
    return new EnginePeer.Options(c -> c.transports(transports), s -> s);
  }

  @Test
  void aSwarmFinishesByUtpAlone() {
    Swarm swarm = new Swarm(41, SimTorrent.v1(41, 65_536, 2 << 20));
    SimVolume full = SimVolume.full(swarm.torrent().truth());
    swarm.peer("seed", LinkProfile.home(), full, by(Transports.UTP));
    for (int i = 0; i < 4; i++) {
      SimVolume empty = SimVolume.empty(swarm.torrent().truth());
      swarm.peer("leech" + i, LinkProfile.home(), empty, by(Transports.UTP));
    }
    swarm.start().complete(Duration.ofMinutes(5));
    swarm.finish();
  }

  /** Who uses one of the two reaches who uses both, and the other through them. */
  @Test
  void peersOfAllKindsExchange() {
    Swarm swarm = new Swarm(42, SimTorrent.v1(42, 65_536, 2 << 20));
    SimVolume full = SimVolume.full(swarm.torrent().truth());
    swarm.peer("seed", LinkProfile.home(), full, by(Transports.UTP));
    for (Transports transports : Transports.values()) {
      SimVolume empty = SimVolume.empty(swarm.torrent().truth());
      swarm.peer("leech " + transports, LinkProfile.home(), empty, by(transports));
    }
    swarm.start().complete(Duration.ofMinutes(10));
    swarm.finish();
  }

  @Test
  void lossAndLittleMemoryAreBorne() {
    Swarm swarm = new Swarm(43, SimTorrent.v1(43, 131_072, 2 << 20)).memory(16);
    SimVolume full = SimVolume.full(swarm.torrent().truth());
    swarm.peer("seed", LinkProfile.poor(), full, by(Transports.UTP));
    SimVolume empty = SimVolume.empty(swarm.torrent().truth());
    swarm.peer("leech", LinkProfile.poor(), empty, by(Transports.UTP));
    swarm.start().complete(Duration.ofMinutes(30));
    swarm.finish();
  }
}
