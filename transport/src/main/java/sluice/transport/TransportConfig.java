package sluice.transport;

import java.net.InetAddress;
import java.util.List;

/**
 * Settings of a {@link Transport}.
 *
 * @param sources addresses to connect from, at most one of each family; when there is one, a family
 *     without an address is not used for outgoing connections at all; empty leaves it to the system
 * @param userAgent program and version as told to HTTP servers; empty to tell nothing
 * @param nativeLoop use epoll where it is available; false always takes the portable selector
 * @param readBytes the most that one read of a stream takes
 * @param readsPerTurn reads of one stream before the other streams get their turn
 * @param lowWatermarkBytes pending bytes of a stream below which its handler is told to go on
 * @param routes the ways that traffic takes
 * @param binding of all sockets
 */
public record TransportConfig(
    List<InetAddress> sources,
    String userAgent,
    boolean nativeLoop,
    int readBytes,
    int readsPerTurn,
    int lowWatermarkBytes,
    Routes routes,
    Binding binding) {

  private static final int READ_BYTES = 128 * 1024;
  private static final int READS_PER_TURN = 8;
  private static final int LOW_WATERMARK_BYTES = 256 * 1024;

  public TransportConfig {
    sources = List.copyOf(sources);
    if (readBytes < 1 || readsPerTurn < 1 || lowWatermarkBytes < 1) {
      throw new IllegalArgumentException("sizes of a transport are positive");
    }
  }

  /** The defaults. */
  public static TransportConfig defaults() {
    return new TransportConfig(
        List.of(),
        "Sluice/0.1.0",
        true,
        READ_BYTES,
        READS_PER_TURN,
        LOW_WATERMARK_BYTES,
        Routes.DIRECT,
        Binding.NONE);
  }

  /** The same, connecting from {@code addresses}. */
  public TransportConfig from(List<InetAddress> addresses) {
    return new TransportConfig(
        addresses,
        userAgent,
        nativeLoop,
        readBytes,
        readsPerTurn,
        lowWatermarkBytes,
        routes,
        binding);
  }

  /** The same, calling itself {@code agent}. */
  public TransportConfig agent(String agent) {
    return new TransportConfig(
        sources, agent, nativeLoop, readBytes, readsPerTurn, lowWatermarkBytes, routes, binding);
  }

  /** The same by other ways. */
  public TransportConfig routes(Routes changed) {
    return new TransportConfig(
        sources,
        userAgent,
        nativeLoop,
        readBytes,
        readsPerTurn,
        lowWatermarkBytes,
        changed,
        binding);
  }

  /** The same with sockets that are bound otherwise. */
  public TransportConfig binding(Binding changed) {
    return new TransportConfig(
        sources,
        userAgent,
        nativeLoop,
        readBytes,
        readsPerTurn,
        lowWatermarkBytes,
        routes,
        changed);
  }

  /** The same on the portable selector. */
  public TransportConfig portable() {
    return new TransportConfig(
        sources, userAgent, false, readBytes, readsPerTurn, lowWatermarkBytes, routes, binding);
  }
}
