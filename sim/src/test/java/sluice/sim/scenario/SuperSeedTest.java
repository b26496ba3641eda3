package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/** A first seed that shows one piece at a time (BEP 16) sends each piece about once. */
class SuperSeedTest {
  private static final PickOptions SUPER = new PickOptions(FileSelection.ALL, false, false, true);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSwarmHasOneCopyForLittleMore(long seedNumber) {
    Swarm swarm = new Swarm(seedNumber, SimTorrent.v1(seedNumber, 65_536, 16 << 20));
    EnginePeer seed =
        swarm.peer(
            "seed",
            LinkProfile.home().rates(1_000_000, 0),
            SimVolume.full(swarm.torrent().truth()),
            new EnginePeer.Options(c -> c, s -> s.picking(SUPER)));
    List<EnginePeer> leeches =
        IntStream.range(0, 12).mapToObj(i -> swarm.leech("leech" + i, LinkProfile.home())).toList();
    swarm.start();
    swarm.runUntil("the leeches have one copy", () -> isSpread(leeches), Duration.ofMinutes(5));
    double copies =
        (double) seed.snapshot().orElseThrow().uploaded() / swarm.torrent().layout().dataLength();
    System.out.printf("super-seeding: %.3f copies sent for one%n", copies);
    assertThat(copies).isLessThan(1.1);
    swarm.complete(Duration.ofMinutes(5));
    swarm.finish();
  }

  private static boolean isSpread(List<EnginePeer> leeches) {
    int pieces = leeches.getFirst().volume().layout().pieceCount();
    return IntStream.range(0, pieces)
        .allMatch(p -> leeches.stream().anyMatch(l -> l.volume().isGood(p)));
  }
}
