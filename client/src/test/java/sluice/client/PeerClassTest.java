package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.limit.LimitRules;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.PeerSnapshot;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.metainfo.MetainfoBuilder.Version;

/** Peers belong to classes of bandwidth by their address, after a restart, too. */
class PeerClassTest {
  private static final LimitRules RULES =
      LimitRules.parse(List.of("shut up=1"), List.of("127.0.0.3 shut"), List.of());

  @TempDir Path temp;

  private static ClientConfig at(String address) {
    InetAddress local = IpLiteral.parse(address).orElseThrow();
    EngineConfig base = EngineConfig.defaults(List.of(new Endpoint(local, 0)));
    return ClientConfig.of(
        new EngineConfig(
            base.listen(),
            Optional.of(new Endpoint(local, 0)),
            base.userAgent(),
            base.peerIdPrefix(),
            0,
            0,
            base.maxPeers(),
            base.maxPeersPerTorrent(),
            base.maxHalfOpen(),
            base.uploadSlots(),
            base.encryption()));
  }

  private static void done(CompletionStage<?> stage) {
    stage.toCompletableFuture().join();
  }

  private TorrentHandle leech(Client client, TestTorrent torrent, Client seed) {
    AddOptions options =
        AddOptions.into(temp.resolve("leech" + client.port()))
            .withoutTrackers()
            .peers(List.of(new HostPort("127.0.0.1", seed.port())));
    return client.add(torrent.bytes(), options);
  }

  /** Waits until the seed sends to a peer. */
  private static void awaitUnchoke(TorrentHandle seeding, Client seed) throws Exception {
    try (EventStream events = seed.events()) {
      while (seeding.peers().toCompletableFuture().join().stream()
          .allMatch(PeerSnapshot::chokedByUs)) {
        events.next(Duration.ofMillis(20));
      }
    }
  }

  @Test
  void theClassOfAnAddressHoldsAgainUntilItIsChanged() throws Exception {
    TestTorrent torrent = TestTorrent.random(temp.resolve("source"), "t", 300_000, 1, Version.V1);
    ClientConfig kept = at("127.0.0.1").keep(temp.resolve("state"));
    try (Client seed = Client.open(kept)) {
      done(seed.policies().bandwidth(RULES.plan(0, 0)));
      done(seed.policies().peerClasses(RULES.peers()));
      seed.add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
          .awaitCompletion();
    }
    try (Client seed = Client.open(kept);
        Client shut = Client.open(at("127.0.0.3"));
        Client free = Client.open(at("127.0.0.2"))) {
      TorrentHandle slow = leech(shut, torrent, seed);
      awaitUnchoke(seed.torrents().getFirst(), seed);
      leech(free, torrent, seed).awaitCompletion();
      assertThat(slow.completion().toCompletableFuture()).isNotDone();
      done(seed.policies().peerClasses(List.of()));
      slow.awaitCompletion();
    }
  }
}
