package sluice.interop;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.protocol.address.Endpoint;
import sluice.transport.Transport;

/** A node of the DHT in this process, by which others enter it. */
final class Hub implements AutoCloseable {
  private final Transport transport = Transport.open();
  private final Dht dht;
  private final String host;
  private final int port = Patience.freePort();

  Hub(String host) {
    this.host = host;
    this.dht =
        Dht.alone(
            transport.loop(),
            transport.net(),
            transport.resolver(),
            transport.entropy(),
            DhtConfig.with(List.of()));
    CompletableFuture<Void> bound = new CompletableFuture<>();
    transport
        .loop()
        .execute(() -> {
          dht.start(new Endpoint(InetAddress.ofLiteral(host), port));
          dht.whenBound(false, () -> bound.complete(null));
        });
    bound.join();
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** Where else it knows nodes. */
  int contacts() {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    transport.loop().execute(() -> count.complete(dht.contacts()));
    return count.join();
  }

  @Override
  public void close() {
    transport.close();
  }
}
