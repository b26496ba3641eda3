package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.engine.session.EngineEvent;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/** Peers that send false data are banned, honest ones never, and the download ends. */
class LiarTest {
  private static final LinkProfile SLOW = LinkProfile.home().rates(100_000, 0);

  private static Set<InetAddress> banned(EnginePeer peer) {
    return peer.events().stream()
        .filter(EngineEvent.PeerBanned.class::isInstance)
        .map(e -> ((EngineEvent.PeerBanned) e).peer().address())
        .collect(Collectors.toSet());
  }

  static Stream<Arguments> oneToNineLiars() {
    return IntStream.rangeClosed(1, 9)
        .boxed()
        .flatMap(liars -> Stream.of(Version.values()).map(v -> Arguments.of(liars, v)));
  }

  @ParameterizedTest
  @MethodSource("oneToNineLiars")
  void liarsAmongTenSeedsAreBanned(int liars, Version version) {
    Swarm swarm = new Swarm(40 + liars, SimTorrent.of(version, 40, 65_536, 8 << 20));
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    IntStream.range(liars, 10).forEach(i -> swarm.seed("honest" + i, SLOW));
    List<WirePeer> liar =
        IntStream.range(0, liars)
            .mapToObj(i -> {
              SimHost host = swarm.host("liar" + i, LinkProfile.home(), SimDisk.fast());
              return new WirePeer(
                  host, swarm.torrent(), Misbehaviour.liar(swarm.world().chance("liar" + i), 0.5));
            })
            .toList();
    swarm.start();
    swarm.runFor(Duration.ofMillis(500));
    liar.forEach(l -> l.dial(leech.endpoint()));
    swarm.complete(Duration.ofMinutes(5));
    assertThat(leech.volume().isTrue()).isTrue();
    Set<InetAddress> lying =
        liar.stream().map(l -> l.endpoint().address()).collect(Collectors.toSet());
    assertThat(banned(leech)).isEqualTo(lying);
    assertThat(liar).allMatch(l -> l.wires().stream().allMatch(WirePeer.Wire::isClosed));
    swarm.finish();
  }

  @Test
  void aSeedWithADamagedDiskIsBanned() {
    Swarm swarm = new Swarm(60, SimTorrent.v1(60, 65_536, 4 << 20));
    SimVolume damaged = SimVolume.full(swarm.torrent().truth());
    for (int piece = 0; piece < damaged.layout().pieceCount(); piece += 2) {
      damaged.lie(piece);
    }
    EnginePeer bad = swarm.peer("bad", LinkProfile.home(), damaged, EnginePeer.Options.DEFAULT);
    swarm.seed("good", LinkProfile.home().rates(200_000, 0));
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().complete(Duration.ofMinutes(5));
    assertThat(leech.volume().isTrue()).isTrue();
    assertThat(banned(leech)).containsExactly(bad.endpoint().address());
    swarm.finish();
  }
}
