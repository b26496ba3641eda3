package sluice.interop;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
  private static final int NODES = 16;

  private final Transport transport = Transport.open();
  private final Dht dht;
  private final List<Endpoint> nodes;

  Hub(String host) {
    InetAddress address = InetAddress.ofLiteral(host);
    this.nodes =
        Stream.generate(() -> new Endpoint(address, Patience.freePort())).limit(NODES).toList();
    this.dht = make(List.of());
    CompletableFuture<Void> bound = new CompletableFuture<>();
    transport
        .loop()
        .execute(() -> {
          dht.start(entry());
          dht.whenBound(false, () -> bound.complete(null));
          List<HostPort> routers = List.of(new HostPort(host, entry().port()));
          nodes.stream().skip(1).forEach(node -> make(routers).start(node));
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

  /** All nodes, that to enter by first. */
  List<Endpoint> nodes() {
    return nodes;
  }

  /** The node to enter by. */
  Endpoint entry() {
    return nodes.getFirst();
  }

  /** Puts an item into the nodes, which keep it, once they know each other. */
  void put(Item item) {
    Patience.await("a node that keeps an item", Patience.STEP, this::entry, () -> kept(item) > 0);
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
