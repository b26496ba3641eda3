package sluice.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.client.passage.Passage;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.dht.DhtConfig;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Transports;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.Policies;
import sluice.protocol.address.Endpoint;
import sluice.protocol.filter.FilterReader;
import sluice.protocol.filter.IpFilter;

class NetworkTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void aPortThatWasAskedForIsTaken() {
    assertThat(network(Optional.of(7000), Optional.of(LOOPBACK)).listen())
        .containsExactly(new Endpoint(LOOPBACK, 7000));
    assertThat(network(Optional.of(7000), Optional.empty()).listen())
        .extracting(Endpoint::toString)
        .containsExactly("0.0.0.0:7000", "[::]:7000");
  }

  @Test
  void bothFamiliesHaveTheSameFreePort() {
    List<Endpoint> all = network(Optional.of(0), Optional.empty()).listen();
    assertThat(all).hasSize(2);
    assertThat(all.get(0).port()).isPositive().isEqualTo(all.get(1).port());
  }

  @Test
  void theUsualPortGivesWayWhenItIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertThat(Network.isFree(LOOPBACK, taken.getLocalPort())).isFalse();
    }
    int port = network(Optional.empty(), Optional.of(LOOPBACK)).listen().getFirst().port();
    assertThat(port).isIn(0, Network.USUAL_PORT);
  }

  @Test
  void theEngineLearnsAddressAndLimits() {
    Network network =
        new Network(
            Optional.of(7000),
            Optional.of(LOOPBACK),
            1000,
            2000,
            EncryptionPolicy.FORCED,
            Optional.of(7),
            Policies.NONE.queue(new QueueLimits(3, 4, 5, 6)),
            DhtConfig.OFF,
            Transports.TCP,
            false,
            FilterReader.read("192.0.2.1".getBytes(StandardCharsets.US_ASCII)).filter(),
            Passage.DIRECT);
    assertThat(network.clientConfig().blocked().size()).isEqualTo(1);
    EngineConfig config = network.engineConfig();
    assertThat(config.outgoing()).contains(new Endpoint(LOOPBACK, 0));
    assertThat(config.downBytesPerSecond()).isEqualTo(1000);
    assertThat(config.upBytesPerSecond()).isEqualTo(2000);
    assertThat(config.encryption()).isEqualTo(EncryptionPolicy.FORCED);
    assertThat(config.maxPeers()).isEqualTo(7);
    assertThat(config.maxPeersPerTorrent()).isEqualTo(7);
    assertThat(config.maxHalfOpen()).isEqualTo(7);
    assertThat(config.policies().queue()).isEqualTo(new QueueLimits(3, 4, 5, 6));
    assertThat(config.userAgent()).startsWith("Sluice/");
  }

  private static Network network(Optional<Integer> port, Optional<InetAddress> bind) {
    return new Network(
        port,
        bind,
        0,
        0,
        EncryptionPolicy.ALLOWED,
        Optional.empty(),
        Policies.NONE,
        DhtConfig.OFF,
        Transports.TCP,
        false,
        IpFilter.EMPTY,
        Passage.DIRECT);
  }
}
