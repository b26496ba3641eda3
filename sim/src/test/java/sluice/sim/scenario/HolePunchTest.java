package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.engine.policy.Transports;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/**
 * Peers to whom nobody can connect meet through one that both know (BEP 55). It is so slow that
 * what one of them gets comes from the other.
 */
class HolePunchTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static EnginePeer.Options by(Transports transports) {
    return new EnginePeer.Options(c -> c.transports(transports), s -> s);
  }

  private static EnginePeer.Options idle(Transports transports) {
    return new EnginePeer.Options(c -> c.transports(transports).limits(500, 500), s -> s);
  }

  /** A relay, a seed and a leech behind {@code line}; whether the leech gets everything. */
  private static boolean meet(
      long seed, LinkProfile line, Transports relay, Transports far, Transports near) {
    System.out.println("seed " + seed);
    Swarm swarm = new Swarm(seed, SimTorrent.v1(seed, 65_536, 1 << 20)).star();
    SimVolume nothing = SimVolume.empty(swarm.torrent().truth());
    swarm.peer("relay", LinkProfile.home(), nothing, idle(relay));
    SimVolume full = SimVolume.full(swarm.torrent().truth());
    swarm.peer("seed", line, full, by(far));
    SimVolume empty = SimVolume.empty(swarm.torrent().truth());
    EnginePeer leech = swarm.peer("leech", line, empty, by(near));
    swarm.start();
    boolean met = swarm.world().run(leech::isComplete, LIMIT);
    swarm.finish();
    return met;
  }

  @Test
  void behindFilters() {
    LinkProfile line = LinkProfile.home().filtered();
    assertThat(meet(61, line, Transports.UTP, Transports.UTP, Transports.UTP)).isTrue();
    assertThat(meet(62, line, Transports.BOTH, Transports.BOTH, Transports.BOTH)).isTrue();
  }

  @Test
  void behindRoutersThatTranslate() {
    LinkProfile line = LinkProfile.home().translated();
    assertThat(meet(63, line, Transports.UTP, Transports.UTP, Transports.UTP)).isTrue();
  }

  @Test
  void whoHasNoUtpIsNotMet() {
    LinkProfile line = LinkProfile.home().filtered();
    assertThat(meet(64, line, Transports.BOTH, Transports.TCP, Transports.BOTH)).isFalse();
  }
}
