package sluice.cli.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.client.passage.Passage;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.engine.port.Fault;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.krpc.NodeId;
import sluice.transport.Transport;
import sluice.transport.TransportConfig;

/** A node of the DHT for one question: it asks and does not answer (BEP 43). */
public final class DhtSession implements AutoCloseable {
  /** Longest time until the first nodes answer. */
  static final long READY_SECONDS = 20;

  /** Longest time of one question. */
  static final long ANSWER_SECONDS = 60;

  private final Transport transport;
  private final Dht dht;

  private DhtSession(Transport transport, List<HostPort> routers) {
    this.transport = transport;
    this.dht =
        Dht.alone(
            transport.loop(),
            transport.datagrams().net(),
            transport.datagrams().resolver(),
            transport.entropy(),
            DhtConfig.with(routers).asking());
  }

  /** Opens a socket at {@code bind}, or one of each family. */
  public static DhtSession open(List<HostPort> routers, Optional<InetAddress> bind) {
    return open(routers, bind, Passage.DIRECT);
  }

  /** The same by another way. */
  public static DhtSession open(
      List<HostPort> routers, Optional<InetAddress> bind, Passage passage) {
    TransportConfig config =
        TransportConfig.defaults().routes(passage.allowed()).binding(passage.binding());
    DhtSession session = new DhtSession(Transport.open(config), routers);
    session
        .transport
        .loop()
        .execute(() -> {
          if (bind.isPresent()) {
            session.dht.start(new Endpoint(bind.get(), 0));
          } else {
            session.dht.start(new Endpoint(any(4), 0));
            session.dht.start(new Endpoint(any(16), 0));
          }
        });
    return session;
  }

  /** Waits until nodes are known. */
  public void awaitNodes() throws InterruptedException {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    transport.loop().execute(() -> dht.whenReady(ready::complete));
    if (!await(ready, READY_SECONDS, "no node of the DHT answers")) {
      throw new Problem(ExitCode.FAILED, "no node of the DHT answers; name one by --dht-node");
    }
  }

  /** A random point. */
  public NodeId chance() {
    byte[] id = new byte[NodeId.BYTES];
    new SecureRandom().nextBytes(id);
    return NodeId.of(id);
  }

  /** The addresses of {@code host}, asked for on the way that datagrams take. */
  public List<InetAddress> resolve(String host) throws InterruptedException {
    CompletableFuture<List<InetAddress>> told = new CompletableFuture<>();
    Resolver.Handler handler =
        new Resolver.Handler() {
          @Override
          public void onResolved(List<InetAddress> addresses) {
            told.complete(addresses);
          }

          @Override
          public void onFault(Fault fault) {
            told.complete(List.of());
          }
        };
    transport.loop().execute(() -> transport.datagrams().resolver().resolve(host, handler));
    List<InetAddress> addresses = await(told, READY_SECONDS, "no name server answers");
    if (addresses.isEmpty()) {
      throw new Problem(ExitCode.NOT_FOUND, "there is no host " + host);
    }
    return addresses;
  }

  /** Asks on the loop and waits for what the question gives. */
  public <T> T ask(BiConsumer<Dht, CompletableFuture<T>> question) throws InterruptedException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    transport.loop().execute(() -> question.accept(dht, answer));
    return await(answer, ANSWER_SECONDS, "the DHT does not answer");
  }

  private static <T> T await(CompletableFuture<T> answer, long seconds, String late)
      throws InterruptedException {
    try {
      return answer.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Problem(
          ExitCode.FAILED, late + "; check the network, or name a node by --dht-node");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the question ended in a bug", e.getCause());
    }
  }

  private static InetAddress any(int bytes) {
    try {
      return InetAddress.getByAddress(new byte[bytes]);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes + " bytes", e);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
