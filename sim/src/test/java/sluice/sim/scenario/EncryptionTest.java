package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.session.TorrentSnapshot;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/** Swarms whose peers want different encryption. */
class EncryptionTest {
  private static final int PIECE = 65_536;

  private static EnginePeer peer(Swarm swarm, String name, EncryptionPolicy policy, boolean seed) {
    SimVolume volume =
        seed ? SimVolume.full(swarm.torrent().truth()) : SimVolume.empty(swarm.torrent().truth());
    return swarm.peer(
        name,
        LinkProfile.home(),
        volume,
        new EnginePeer.Options(c -> c.encryption(policy), s -> s));
  }

  @Test
  void anEncryptedSwarmCompletes() {
    Swarm swarm = new Swarm(501, SimTorrent.v1(501, PIECE, 4 << 20));
    peer(swarm, "seed", EncryptionPolicy.FORCED, true);
    for (int i = 0; i < 8; i++) {
      peer(swarm, "leech" + i, EncryptionPolicy.FORCED, false);
    }
    swarm.start().complete(Duration.ofMinutes(10));
    swarm.finish();
  }

  @Test
  void aMixedSwarmCompletes() {
    Swarm swarm = new Swarm(502, SimTorrent.v1(502, PIECE, 2 << 20));
    peer(swarm, "seed", EncryptionPolicy.ALLOWED, true);
    for (EncryptionPolicy policy : EncryptionPolicy.values()) {
      peer(swarm, policy + "-1", policy, false);
      peer(swarm, policy + "-2", policy, false);
    }
    swarm.start().complete(Duration.ofMinutes(10));
    swarm.finish();
  }

  @ParameterizedTest
  @EnumSource(EncryptionPolicy.class)
  void aForcedSeedServesWhoCanEncrypt(EncryptionPolicy policy) {
    Swarm swarm = new Swarm(503, SimTorrent.v1(503, PIECE, 1 << 20));
    EnginePeer seed = peer(swarm, "seed", EncryptionPolicy.FORCED, true);
    EnginePeer leech = peer(swarm, "leech", policy, false);
    swarm.start();
    if (policy == EncryptionPolicy.OFF) {
      swarm.runFor(Duration.ofMinutes(5));
      assertThat(leech.isComplete()).isFalse();
      Map<String, Integer> peers = new java.util.TreeMap<>();
      for (EnginePeer p : swarm.peers()) {
        peers.put(p.name(), p.snapshot().map(TorrentSnapshot::peers).orElse(-1));
      }
      assertThat(peers).isEqualTo(Map.of("seed", 0, "leech", 0));
    } else {
      swarm.complete(Duration.ofMinutes(5));
    }
    assertThat(seed.isComplete()).isTrue();
    swarm.finish();
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    Map<Integer, Long> digests = new java.util.TreeMap<>();
    for (int i = 0; i < 2; i++) {
      Swarm swarm = new Swarm(504, SimTorrent.v1(504, PIECE, 1 << 20));
      peer(swarm, "seed", EncryptionPolicy.PREFERRED, true);
      peer(swarm, "leech", EncryptionPolicy.PREFERRED, false);
      digests.put(i, swarm.start().complete(Duration.ofMinutes(5)).finish());
    }
    assertThat(digests.get(0)).isEqualTo(digests.get(1));
  }
}
