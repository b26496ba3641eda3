package sluice.sim.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.dht.DhtConfig;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.scenario.EnginePeer;
import sluice.sim.scenario.SimTorrent;
import sluice.sim.scenario.Swarm;

/** Whole engines whose peers find each other by the DHT alone, or must not. */
class DhtSwarmTest {
  @Test
  void peersFindEachOther() {
    Swarm swarm = new Swarm(31, SimTorrent.of(Version.HYBRID, 31, 65_536, 900_000));
    EnginePeer seed = peer(swarm, "seed", true, List.of());
    peer(swarm, "one", false, List.of(seed));
    peer(swarm, "two", false, List.of(seed));
    swarm.start().complete(Duration.ofMinutes(4));
    swarm.finish();
  }

  @Test
  void aPrivateTorrentIsNotListed() {
    Swarm swarm = new Swarm(32, SimTorrent.secret(32, 65_536, 300_000));
    EnginePeer seed = peer(swarm, "seed", true, List.of());
    EnginePeer leech = peer(swarm, "leech", false, List.of(seed));
    Hash hash = swarm.torrent().metainfo().info().hashes().wire().getFirst();
    DhtHost watcher =
        new DhtHost(
            swarm.world(),
            swarm.network(),
            InetAddress.ofLiteral("10.7.7.7"),
            List.of(seed.endpoint(), leech.endpoint()));
    watcher.start();
    watcher.list(hash, 7777);
    swarm.start().runFor(Duration.ofMinutes(3));
    assertThat(watcher.dht.contacts()).isEqualTo(2);
    assertThat(watcher.found)
        .allMatch(e -> e.equals(new Endpoint(watcher.endpoint.address(), 7777)));
    assertThat(leech.snapshot().orElseThrow().knownPeers()).isZero();
    assertThat(leech.isComplete()).isFalse();
    swarm.finish();
  }

  /** Peers tell each other where their nodes are (BEP 5), but not those of a private torrent. */
  @Test
  void nodesAreMetByThePortMessage() {
    assertThat(contacts(SimTorrent.v1(33, 65_536, 300_000))).isEqualTo(2);
    assertThat(contacts(SimTorrent.secret(34, 65_536, 300_000))).isEqualTo(1);
  }

  /** Of a node that knows one of two peers, which have met by the tracker. */
  private static int contacts(SimTorrent torrent) {
    Swarm swarm = new Swarm(33, torrent);
    EnginePeer.Options alone =
        new EnginePeer.Options(c -> c.dht(DhtConfig.with(List.of())), s -> s);
    SimVolume full = SimVolume.full(torrent.truth());
    EnginePeer seed = swarm.peer("seed", LinkProfile.home(), full, alone);
    SimVolume empty = SimVolume.empty(torrent.truth());
    swarm.peer("leech", LinkProfile.home(), empty, alone);
    DhtHost watcher =
        new DhtHost(
            swarm.world(),
            swarm.network(),
            InetAddress.ofLiteral("10.7.7.7"),
            List.of(seed.endpoint()));
    watcher.start();
    swarm.start().complete(Duration.ofMinutes(3));
    swarm.runFor(Duration.ofMinutes(20));
    swarm.finish();
    return watcher.dht.contacts();
  }

  private static EnginePeer peer(Swarm swarm, String name, boolean full, List<EnginePeer> routers) {
    List<HostPort> named =
        routers.stream()
            .map(r -> new HostPort(r.endpoint().address().getHostAddress(), EnginePeer.PORT))
            .toList();
    SimVolume volume =
        full ? SimVolume.full(swarm.torrent().truth()) : SimVolume.empty(swarm.torrent().truth());
    return swarm.peer(
        name,
        LinkProfile.home(),
        volume,
        new EnginePeer.Options(c -> c.dht(DhtConfig.with(named)), DhtSwarmTest::withoutTracker));
  }

  private static TorrentSpec withoutTracker(TorrentSpec spec) {
    return new TorrentSpec(spec.hashes(), spec.source(), true, true, false, List.of(), 0, 0);
  }
}
