package sluice.interop;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.engine.dht.Inquiries;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.krpc.Item;
import sluice.transport.Transport;

/**
 * Some nodes of the DHT in this process; by the first one others enter it. There are several, as
 * transmission uses no DHT of less than nine nodes.
 */
final class Hub implements AutoCloseable {
  private final Transport transport = Transport.open();
  private static final int OTHERS = 15;

  private final Dht dht;
  private final String host;
  private final int port = Patience.freePort();

  Hub(String host) {
    this.host = host;
    this.dht = make(List.of());
    CompletableFuture<Void> bound = new CompletableFuture<>();
    transport
        .loop()
        .execute(() -> {
          dht.start(new Endpoint(InetAddress.ofLiteral(host), port));
          dht.whenBound(false, () -> bound.complete(null));
          for (int i = 0; i < OTHERS; i++) {
            make(List.of(new HostPort(host, port)))
                .start(new Endpoint(InetAddress.ofLiteral(host), 0));
          }
        });
    bound.join();
  }

  private Dht make(List<HostPort> routers) {
    return Dht.alone(
        transport.loop(),
        transport.net(),
        transport.resolver(),
        transport.entropy(),
        DhtConfig.with(routers));
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** Puts an item into the nodes, which keep it, once they know each other. */
  void put(Item item) {
    Patience.await("a node that keeps an item", Patience.STEP, () -> host, () -> kept(item) > 0);
  }

  private int kept(Item item) {
    CompletableFuture<Inquiries.Stored> stored = new CompletableFuture<>();
    transport
        .loop()
        .execute(() -> dht.inquiries().put(item, OptionalLong.empty(), stored::complete));
    return stored.orTimeout(Patience.STEP.toSeconds(), TimeUnit.SECONDS).join().nodes();
  }

  @Override
  public void close() {
    transport.close();
  }
}
