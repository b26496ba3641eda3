package sluice.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.filter.IpFilter;
import sluice.storage.pool.SlabPool;
import sluice.transport.Binding;
import sluice.transport.Routes;
import sluice.transport.TransportConfig;

/**
 * Settings of a client.
 *
 * @param engine of the session
 * @param transport of the network
 * @param state folder in which torrents and their progress are kept; empty to forget them
 * @param poolBytes most memory of blocks, all torrents and directions together
 * @param blocked addresses that nothing is exchanged with from the start on
 */
public record ClientConfig(
    EngineConfig engine,
    TransportConfig transport,
    Optional<Path> state,
    long poolBytes,
    IpFilter blocked) {

  /** Peers are accepted at a port that the system chooses; nothing is kept. */
  public static ClientConfig defaults() {
    return of(EngineConfig.defaults(List.of(new Endpoint(anyAddress(), 0))));
  }

  /** A client with these settings of the engine; nothing is kept. */
  public static ClientConfig of(EngineConfig engine) {
    TransportConfig transport = TransportConfig.defaults().agent(engine.userAgent());
    return new ClientConfig(
        engine,
        engine.outgoing().map(e -> transport.from(List.of(e.address()))).orElse(transport),
        Optional.empty(),
        SlabPool.DEFAULT_BYTES,
        IpFilter.EMPTY);
  }

  /** The same, keeping everything in {@code folder}. */
  public ClientConfig keep(Path folder) {
    return new ClientConfig(engine, transport, Optional.of(folder), poolBytes, blocked);
  }

  /** The same, exchanging nothing with the addresses of {@code filter}. */
  public ClientConfig block(IpFilter filter) {
    return new ClientConfig(engine, transport, state, poolBytes, filter);
  }

  /** The same by other ways. */
  public ClientConfig routes(Routes routes) {
    return new ClientConfig(engine, transport.routes(routes), state, poolBytes, blocked);
  }

  /** The same with sockets that are bound otherwise. */
  public ClientConfig binding(Binding binding) {
    return new ClientConfig(engine, transport.binding(binding), state, poolBytes, blocked);
  }

  private static InetAddress anyAddress() {
    try {
      return InetAddress.getByAddress(new byte[4]);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
