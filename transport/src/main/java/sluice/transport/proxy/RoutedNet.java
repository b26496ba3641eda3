package sluice.transport.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.transport.netty.Caller;
import sluice.transport.netty.NettyNet;

/**
 * A network whose streams and datagrams take the ways that are set for them; what has no way is a
 * fault. Loop only.
 */
public final class RoutedNet implements Net {
  private static final Fault NO_WAY =
      new Fault(Fault.Kind.NO_PERMISSION, "not allowed past the proxy");

  private final Parts parts;
  private final Streams streams;
  private final Packets packets;

  /**
   * What all ways use.
   *
   * @param sources addresses to speak with proxies from
   */
  public record Parts(Loop loop, NettyNet direct, StandIns names, List<InetAddress> sources) {}

  /** How streams go. */
  public sealed interface Streams {
    /** To and from this machine. */
    record Direct() implements Streams {}

    /** Through {@code caller}; none come in. */
    record Through(Caller caller) implements Streams {}

    /** Not at all. */
    record Closed() implements Streams {}
  }

  /** How datagrams go. */
  public sealed interface Packets {
    /** To and from this machine. */
    record Direct() implements Packets {}

    /** Through {@code caller}. */
    record Through(ProxyCaller caller) implements Packets {}

    /** Not at all. */
    record Closed() implements Packets {}
  }

  /** A network of these ways. */
  public RoutedNet(Parts parts, Streams streams, Packets packets) {
    this.parts = parts;
    this.streams = streams;
    this.packets = packets;
  }

  @Override
  public Net lane(String label) {
    return streams instanceof Streams.Through(Caller caller)
        ? new RoutedNet(parts, new Streams.Through(caller.lane(label)), packets)
        : this;
  }

  @Override
  public void listen(Endpoint local, ListenHandler handler) {
    switch (streams) {
      case Streams.Direct d -> parts.direct.listen(local, handler);
      case Streams.Through t -> parts.loop.execute(() -> handler.onFault(NO_WAY));
      case Streams.Closed c -> parts.loop.execute(() -> handler.onFault(NO_WAY));
    }
  }

  @Override
  public void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
    switch (streams) {
      case Streams.Direct d -> parts.direct.connect(remote, timeoutNanos, handler);
      case Streams.Through(Caller caller) ->
          parts.loop.execute(() ->
              parts.direct.dial(
                  caller, parts.names.destination(remote), remote, timeoutNanos, handler));
      case Streams.Closed c -> parts.loop.execute(() -> handler.onFault(NO_WAY));
    }
  }

  @Override
  public void udp(Endpoint local, UdpHandler handler) {
    switch (packets) {
      case Packets.Direct d -> parts.direct.udp(local, handler);
      case Packets.Through(ProxyCaller caller) ->
          SocksDatagrams.open(
              parts.loop, caller, parts.names, local, parts.direct, from(), handler);
      case Packets.Closed c -> parts.loop.execute(() -> handler.onFault(null, NO_WAY));
    }
  }

  /** The proxy is reached in the family of the address that is set, or else by IPv4. */
  private Endpoint from() {
    Optional<InetAddress> source = parts.sources.stream().findFirst();
    return new Endpoint(source.orElse(InetAddress.ofLiteral("0.0.0.0")), 0);
  }

  @Override
  public void multicast(Endpoint group, List<InetAddress> local, UdpHandler handler) {
    if (streams instanceof Streams.Direct && packets instanceof Packets.Direct) {
      parts.direct.multicast(group, local, handler);
    } else {
      handler.onFault(null, NO_WAY);
    }
  }
}
