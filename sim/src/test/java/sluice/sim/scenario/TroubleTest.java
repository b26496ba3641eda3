package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.net.Site;
import sluice.sim.world.Chance;

/** Things that go wrong, one at a time; the download ends all the same. */
class TroubleTest {
  private static final Map<String, WirePeer.Factory> BAD_PEERS =
      new TreeMap<>(
          Map.of(
              "choking", Misbehaviour.choking(),
              "fickle", Misbehaviour.fickle(),
              "flooding", Misbehaviour.flooding(200),
              "garbage", Misbehaviour.garbage(new Chance(1)),
              "mute", Misbehaviour.mute(),
              "rejecting", Misbehaviour.rejecting(),
              "slow", Misbehaviour.slow(20_000_000_000L)));

  static Stream<String> badPeers() {
    return BAD_PEERS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("badPeers")
  void badPeersDoNotStopADownload(String kind) {
    Swarm swarm = new Swarm(70, SimTorrent.v1(70, 65_536, 2 << 20));
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start();
    for (int i = 0; i < 5; i++) {
      SimHost host = swarm.host("bad" + i, LinkProfile.home(), SimDisk.fast());
      new WirePeer(host, swarm.torrent(), BAD_PEERS.get(kind)).listen().dial(leech.endpoint());
    }
    swarm.runFor(Duration.ofSeconds(30));
    assertThat(leech.isComplete()).isFalse();
    swarm.seed("seed", LinkProfile.home());
    swarm.start().complete(Duration.ofMinutes(6));
    assertThat(leech.volume().isTrue()).isTrue();
    swarm.finish();
  }

  @Test
  void aFloodEndsTheConnection() {
    Swarm swarm = new Swarm(76, SimTorrent.v1(76, 65_536, 2 << 20));
    EnginePeer leech = swarm.leech("leech", LinkProfile.fast());
    swarm.start().runFor(Duration.ofSeconds(1));
    WirePeer flood =
        new WirePeer(
                swarm.host("flood", LinkProfile.fast(), SimDisk.fast()),
                swarm.torrent(),
                Misbehaviour.flooding(4_000))
            .dial(leech.endpoint());
    swarm.runFor(Duration.ofSeconds(5));
    assertThat(flood.wires()).hasSize(1).allMatch(WirePeer.Wire::isClosed);
    swarm.finish();
  }

  @Test
  void greedyPeersThatDoNotReadKeepNobodyElseWaiting() {
    Swarm swarm = new Swarm(77, SimTorrent.v1(77, 65_536, 4 << 20)).memory(128);
    EnginePeer seed = swarm.seed("seed", LinkProfile.home());
    swarm.start();
    for (int i = 0; i < 5; i++) {
      SimHost host = swarm.host("greedy" + i, LinkProfile.fast(), SimDisk.fast());
      new WirePeer(host, swarm.torrent(), Misbehaviour.greedy(10)).dial(seed.endpoint());
    }
    swarm.runFor(Duration.ofSeconds(10));
    swarm.leech("leech", LinkProfile.home());
    swarm.start().complete(Duration.ofMinutes(3));
    swarm.finish();
  }

  @Test
  void peersWithoutExtensionsAreServedAndUsed() {
    Swarm swarm = new Swarm(78, SimTorrent.v1(78, 65_536, 2 << 20));
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().runFor(Duration.ofSeconds(1));
    SimHost host = swarm.host("old", LinkProfile.home(), SimDisk.fast());
    new WirePeer(host, swarm.torrent(), Misbehaviour.liar(new Chance(1), 0))
        .oldFashioned()
        .dial(leech.endpoint());
    swarm.complete(Duration.ofMinutes(1));
    swarm.finish();
  }

  @Test
  void aSeedThatFallsSilentIsReplaced() {
    Swarm swarm = new Swarm(71, SimTorrent.v1(71, 65_536, 4 << 20));
    EnginePeer dying = swarm.seed("dying", LinkProfile.home().rates(300_000, 0));
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().runFor(Duration.ofSeconds(8));
    assertThat(leech.snapshot().orElseThrow().havePieces()).isBetween(1, 63);
    dying.crash(true);
    swarm.seed("spare", LinkProfile.home()).start();
    swarm.runUntil("leech complete", leech::isComplete, Duration.ofMinutes(5));
    assertThat(leech.volume().isTrue()).isTrue();
    leech.stop();
    swarm.runFor(Duration.ofSeconds(10));
  }

  @Test
  void aFullDiskFaultsOneTorrentOnly() {
    Swarm swarm = new Swarm(72, SimTorrent.v1(72, 65_536, 2 << 20));
    swarm.seed("seed", LinkProfile.home());
    EnginePeer fine = swarm.leech("fine", LinkProfile.home());
    SimDisk full = SimDisk.fast();
    full.space(500_000);
    EnginePeer faulted =
        swarm.peer(
            swarm.host("full", LinkProfile.home(), full),
            SimVolume.empty(swarm.torrent().truth()),
            EnginePeer.Options.DEFAULT);
    swarm.start().runUntil("fine complete", fine::isComplete, Duration.ofMinutes(2));
    swarm.runUntil(
        "full told", () -> faulted.hasTold(EngineEvent.Faulted.class), Duration.ofMinutes(2));
    assertThat(faulted.snapshot().orElseThrow().phase()).isEqualTo(Phase.FAULTED);
    swarm.finish();
  }

  @Test
  void aTrackerThatComesBackIsUsed() {
    Swarm swarm = new Swarm(73, SimTorrent.v1(73, 65_536, 1 << 20));
    swarm.tracker().down(new Site.Answer.Refused());
    swarm.seed("seed", LinkProfile.home());
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().runFor(Duration.ofSeconds(40));
    assertThat(leech.hasTold(EngineEvent.TrackerFailed.class)).isTrue();
    swarm.tracker().down(new Site.Answer.Silence());
    swarm.runFor(Duration.ofMinutes(2));
    swarm.tracker().up();
    swarm.complete(Duration.ofMinutes(40));
    swarm.finish();
  }

  @Test
  void aCrashedLeechGoesOnWithWhatItHas() {
    Swarm swarm = new Swarm(74, SimTorrent.v1(74, 65_536, 4 << 20));
    swarm.seed("seed", LinkProfile.home().rates(400_000, 0));
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().runFor(Duration.ofSeconds(7));
    leech.crash(false);
    leech.volume().crash(swarm.chance());
    long kept = leech.volume().goodBytes();
    swarm.runFor(Duration.ofSeconds(5));
    leech.restart();
    swarm.complete(Duration.ofMinutes(5));
    assertThat(leech.snapshot().orElseThrow().downloaded())
        .isLessThanOrEqualTo((4 << 20) - kept + leech.snapshot().orElseThrow().wasted());
    swarm.finish();
  }

  @Test
  void resetsAndCutsAreOvercome() {
    Swarm swarm = new Swarm(75, SimTorrent.v1(75, 65_536, 4 << 20));
    EnginePeer seed = swarm.seed("seed", LinkProfile.home().rates(300_000, 0));
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().runFor(Duration.ofSeconds(5));
    swarm.network().reset(seed.endpoint().address(), leech.endpoint().address());
    swarm.runFor(Duration.ofSeconds(5));
    swarm.network().cut(seed.endpoint().address(), leech.endpoint().address());
    swarm.runFor(Duration.ofMinutes(5));
    assertThat(leech.isComplete()).isFalse();
    swarm.network().heal();
    swarm.complete(Duration.ofMinutes(10));
    swarm.finish();
  }
}
