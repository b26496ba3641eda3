package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/** Merkle hashes between engines: layers that are missing, blocks that are wrong (BEP 52). */
class HashTest {
  private static final LinkProfile SLOW = LinkProfile.home().rates(100_000, 0);
  private static final long MIB = 1 << 20;

  /** Blocks that come twice because they were asked of two. */
  private static final int ENDGAME_BLOCKS = 8;

  private static EnginePeer.Options bare(SimTorrent torrent) {
    return new EnginePeer.Options(
        c -> c,
        s ->
            new TorrentSpec(
                s.hashes(),
                handler -> s.source().open(new Stripped(torrent.withoutLayers(), handler)),
                s.running(),
                s.download(),
                s.trackers(),
                s.peers(),
                s.downBytesPerSecond(),
                s.upBytesPerSecond()));
  }

  /** Opens {@code bare} in place of the torrent with its layers. */
  private record Stripped(Metainfo bare, TorrentSource.Handler handler)
      implements TorrentSource.Handler {
    @Override
    public void onOpened(Metainfo metainfo, Storage storage) {
      handler.onOpened(bare, storage);
    }

    @Override
    public void onFault(Fault fault) {
      handler.onFault(fault);
    }
  }

  private static Set<InetAddress> banned(EnginePeer peer) {
    return peer.events().stream()
        .filter(EngineEvent.PeerBanned.class::isInstance)
        .map(e -> ((EngineEvent.PeerBanned) e).peer().address())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V2", "HYBRID"})
  void aTorrentWithoutPieceLayersCompletes(Version version) {
    SimTorrent torrent =
        SimTorrent.folder(version, true, 7, 32_768, 20 * MIB, 5 * MIB, 100, 40_000);
    Swarm swarm = new Swarm(70, torrent);
    EnginePeer first =
        swarm.peer("bare1", LinkProfile.home(), SimVolume.empty(torrent.truth()), bare(torrent));
    EnginePeer second =
        swarm.peer("bare2", LinkProfile.home(), SimVolume.empty(torrent.truth()), bare(torrent));
    swarm.seed("seed", LinkProfile.home());
    swarm.start().complete(Duration.ofMinutes(10));
    for (EnginePeer peer : List.of(first, second)) {
      assertThat(peer.volume().isTrue()).isTrue();
      assertThat(peer.hasTold(EngineEvent.LayersCame.class)).isTrue();
      assertThat(banned(peer)).isEmpty();
    }
    swarm.finish();
  }

  @Test
  void whoHasTheDataButNotTheLayersFindsTheDataByThem() {
    SimTorrent torrent = SimTorrent.of(Version.V2, 8, 32_768, 8 * MIB);
    Swarm swarm = new Swarm(71, torrent);
    EnginePeer bare =
        swarm.peer("bare", LinkProfile.home(), SimVolume.full(torrent.truth()), bare(torrent));
    swarm.seed("seed", LinkProfile.home());
    swarm.start().complete(Duration.ofMinutes(1));
    assertThat(bare.snapshot().orElseThrow().downloaded()).isZero();
    swarm.finish();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9})
  void peersThatSendFalseHashesAreBanned(int liars) {
    SimTorrent torrent = SimTorrent.of(Version.V2, 9, 32_768, 8 * MIB);
    Swarm swarm = new Swarm(80 + liars, torrent);
    EnginePeer bare =
        swarm.peer("bare", LinkProfile.home(), SimVolume.empty(torrent.truth()), bare(torrent));
    IntStream.range(liars, 10).forEach(i -> swarm.seed("honest" + i, SLOW));
    List<WirePeer> lying =
        IntStream.range(0, liars)
            .mapToObj(i -> {
              SimHost host = swarm.host("liar" + i, LinkProfile.home(), SimDisk.fast());
              return new WirePeer(
                  host, torrent, Misbehaviour.hashLiar(swarm.world().chance("liar" + i)));
            })
            .toList();
    swarm.start();
    lying.forEach(l -> l.dial(bare.endpoint()));
    swarm.complete(Duration.ofMinutes(5));
    assertThat(bare.volume().isTrue()).isTrue();
    assertThat(banned(bare))
        .isSubsetOf(lying.stream().map(l -> l.endpoint().address()).collect(Collectors.toSet()));
    swarm.finish();
  }

  /** As many wrong blocks as may be: all who sent one are found by the hashes of the blocks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyLiarAmongTenSeedsIsBannedAndNobodyElse(int liars) {
    SimTorrent torrent = SimTorrent.of(Version.V2, 10, 65_536, 8 * MIB);
    Swarm swarm = new Swarm(90 + liars, torrent);
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    IntStream.range(liars, 10).forEach(i -> swarm.seed("honest" + i, SLOW));
    List<WirePeer> lying =
        IntStream.range(0, liars)
            .mapToObj(i -> {
              SimHost host = swarm.host("liar" + i, LinkProfile.home(), SimDisk.fast());
              return new WirePeer(
                  host, torrent, Misbehaviour.liar(swarm.world().chance("liar" + i), 0.5));
            })
            .toList();
    swarm.start();
    swarm.runFor(Duration.ofMillis(500));
    lying.forEach(l -> l.dial(leech.endpoint()));
    swarm.complete(Duration.ofMinutes(10));
    assertThat(leech.volume().isTrue()).isTrue();
    assertThat(banned(leech))
        .isEqualTo(lying.stream().map(l -> l.endpoint().address()).collect(Collectors.toSet()));
    swarm.finish();
  }

  /** Pieces of 1 MiB with one false block each: these blocks are fetched again, and no others. */
  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V2", "HYBRID"})
  void onlyWrongBlocksAreFetchedAgain(Version version) {
    SimTorrent torrent = SimTorrent.of(version, 11, 1 << 20, 8 * MIB);
    Swarm swarm = new Swarm(100, torrent);
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    EnginePeer honest = swarm.seed("honest", SLOW);
    AtomicInteger lies = new AtomicInteger();
    SimHost host = swarm.host("liar", LinkProfile.home(), SimDisk.fast());
    WirePeer liar =
        new WirePeer(
            host,
            torrent,
            Misbehaviour.liar(request -> {
              boolean lie = request.begin() == 5 * PieceLayout.BLOCK;
              lies.addAndGet(lie ? 1 : 0);
              return lie;
            }));
    swarm.start();
    swarm.runFor(Duration.ofMillis(500));
    liar.dial(leech.endpoint());
    swarm.complete(Duration.ofMinutes(10));
    assertThat(leech.volume().isTrue()).isTrue();
    assertThat(banned(leech)).containsExactly(liar.endpoint().address());
    long again = leech.snapshot().orElseThrow().wasted();
    assertThat(again / PieceLayout.BLOCK).isBetween(1L, (long) lies.get() + ENDGAME_BLOCKS);
    assertThat(leech.snapshot().orElseThrow().downloaded()).isEqualTo(8 * MIB + again);
    assertThat(honest.snapshot().orElseThrow().uploaded()).isLessThan(8 * MIB);
    swarm.finish();
  }
}
