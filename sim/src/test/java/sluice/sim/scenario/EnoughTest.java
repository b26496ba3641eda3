package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.Policies;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/** A seed that stops when it has shared enough. */
class EnoughTest {
  private static final long SIZE = 4 << 20;

  @Test
  void aSeedStopsAtItsRatioAndTheOthersGoOn() {
    Swarm swarm = new Swarm(7, SimTorrent.v1(7, 65_536, SIZE));
    ShareRule rule =
        new ShareRule(
            Bound.at(1_000), Bound.inherit(), Bound.inherit(), Optional.of(ShareAction.STOP));
    EnginePeer seed =
        swarm.peer(
            "seed",
            LinkProfile.home(),
            SimVolume.full(swarm.torrent().truth()),
            new EnginePeer.Options(c -> c.policies(Policies.NONE.share(rule)), s -> s));
    EnginePeer first = swarm.leech("first", LinkProfile.home());
    swarm.start();
    swarm.runUntil("the first has all", first::isComplete, Duration.ofMinutes(5));
    swarm.runFor(Duration.ofSeconds(5));
    assertThat(seed.snapshot().orElseThrow().phase()).isEqualTo(Phase.STOPPED);
    assertThat(seed.hasTold(EngineEvent.SharedEnough.class)).isTrue();
    long sent = seed.snapshot().orElseThrow().uploaded();
    assertThat(sent).isGreaterThanOrEqualTo(SIZE);
    EnginePeer second = swarm.leech("second", LinkProfile.home());
    second.start();
    swarm.runUntil("the second has all", second::isComplete, Duration.ofMinutes(5));
    assertThat(seed.snapshot().orElseThrow().uploaded()).isEqualTo(sent);
    swarm.finish();
  }
}
