package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.transport.Transport;

/** Nodes of the DHT outlive the program. */
class KeptNodesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Endpoint ANY = new Endpoint(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path folder;

  @Test
  void linesComeBackAndOthersAreSkipped() {
    List<NodeInfo> nodes =
        List.of(
            new NodeInfo(new NodeId(1, 2, 3), at("192.0.2.7", 6881)),
            new NodeInfo(new NodeId(-1, 2, -3), at("2001:db8::7", 65_535)));
    String text = KeptNodes.text(nodes);
    assertThat(KeptNodes.read(text)).isEqualTo(nodes);
    assertThat(KeptNodes.read("x\n" + text + "ab 192.0.2.1 1\n" + text.replace("6881", "65536")))
        .hasSize(3);
  }

  @Test
  void aNodeIsFoundAgainWithoutARouter() {
    try (Transport transport = Transport.open()) {
      Dht other =
          Dht.alone(
              transport.loop(),
              transport.net(),
              transport.resolver(),
              transport.entropy(),
              DhtConfig.with(List.of()));
      transport.loop().execute(() -> other.start(ANY));
      await(() -> port(transport, other) != 0);
      HostPort router = new HostPort("127.0.0.1", port(transport, other));
      try (Client first = Client.open(config(List.of(router)))) {
        await(() -> contacts(first) > 0);
      }
      try (Client second = Client.open(config(List.of()))) {
        await(() -> contacts(second) > 0);
      }
    }
  }

  private ClientConfig config(List<HostPort> routers) {
    EngineConfig engine = EngineConfig.defaults(List.of(ANY)).dht(DhtConfig.with(routers));
    return ClientConfig.of(engine).keep(folder);
  }

  private static int contacts(Client client) {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    client.dht(dht -> count.complete(dht.contacts()));
    return count.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static int port(Transport transport, Dht dht) {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    transport.loop().execute(() -> port.complete(dht.port(false)));
    return port.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static Endpoint at(String address, int port) {
    return new Endpoint(IpLiteral.parse(address).orElseThrow(), port);
  }
}
