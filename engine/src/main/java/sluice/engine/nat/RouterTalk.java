package sluice.engine.nat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Gateways.Router;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.nat.MapCodec;
import sluice.protocol.nat.MapReply;
import sluice.protocol.nat.Transport;

/**
 * A talk with one router: in PCP, and in NAT-PMP if it does not speak that. A request without an
 * answer is repeated with doubling pauses; a mapping is renewed after half of its time. Loop only.
 */
final class RouterTalk implements Net.UdpHandler {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = SECOND_NANOS;
  private static final long MAX_PAUSE_NANOS = 1_024 * SECOND_NANOS;
  private static final long MIN_RENEW_SECONDS = 30;

  private final PortMapping.Ports ports;
  private final Router router;
  private final int port;
  private final Consumer<InetAddress> external;
  private final byte[] nonce = new byte[MapCodec.NONCE_BYTES];
  private final Map<Transport, Ask> asks = new EnumMap<>(Transport.class);
  private Net.@Nullable Datagrams socket;
  private boolean pmp;

  /** Whether the router has said anything: then what it was asked for may be there. */
  private boolean answers;

  private boolean closed;

  /** When a transport is to be asked for again. */
  private static final class Ask {
    long nextNanos;
    long pauseNanos = FIRST_PAUSE_NANOS;
  }

  RouterTalk(PortMapping.Ports ports, Router router, int port, Consumer<InetAddress> external) {
    this.ports = ports;
    this.router = router;
    this.port = port;
    this.external = external;
    ports.entropy().fill(nonce);
    for (Transport transport : Transport.values()) {
      asks.put(transport, new Ask());
    }
  }

  Router router() {
    return router;
  }

  void start() {
    ports.net().udp(new Endpoint(router.local(), 0), this);
  }

  /** Whether anything is to be taken back. */
  boolean isMapped() {
    return answers;
  }

  void tick(long now) {
    asks.forEach((transport, ask) -> {
      if (socket != null && !closed && now - ask.nextNanos >= 0) {
        ask.nextNanos = now + ask.pauseNanos;
        ask.pauseNanos = Math.min(2 * ask.pauseNanos, MAX_PAUSE_NANOS);
        ask(transport, PortMapping.LIFETIME_SECONDS);
      }
    });
  }

  private void ask(Transport transport, int seconds) {
    send(
        pmp
            ? MapCodec.pmpMap(transport, port, seconds)
            : MapCodec.pcpMap(router.local(), nonce, transport, port, seconds));
  }

  private void send(ByteBuffer datagram) {
    if (socket != null) {
      socket.send(server(), datagram);
    }
  }

  private Endpoint server() {
    return new Endpoint(router.address(), MapCodec.PORT);
  }

  @Override
  public void onBound(Endpoint local, Net.Datagrams bound) {
    socket = bound;
    long now = ports.loop().now();
    asks.values().forEach(ask -> ask.nextNanos = now);
    tick(now);
  }

  @Override
  public void onDatagram(Endpoint from, ByteBuffer payload) {
    Optional<MapReply> reply =
        from.equals(server()) && !closed ? MapCodec.decode(payload, nonce) : Optional.empty();
    if (reply.isPresent()) {
      take(reply.get());
    }
  }

  private void take(MapReply reply) {
    answers = true;
    switch (reply) {
      case MapReply.OtherVersion other -> {
        if (!pmp) {
          pmp = true;
          send(MapCodec.pmpExternal());
          asks.keySet().forEach(t -> ask(t, PortMapping.LIFETIME_SECONDS));
        }
      }
      case MapReply.External(InetAddress address) -> external.accept(address);
      case MapReply.Mapped mapped -> {
        Ask ask = asks.get(mapped.transport());
        if (ask != null && mapped.internalPort() == port) {
          long seconds = Math.min(mapped.seconds(), PortMapping.LIFETIME_SECONDS);
          ask.pauseNanos = FIRST_PAUSE_NANOS;
          ask.nextNanos =
              ports.loop().now() + Math.max(MIN_RENEW_SECONDS, seconds / 2) * SECOND_NANOS;
          mapped.external().ifPresent(external);
        }
      }
      case MapReply.Refused refused -> {
        // It may do it later: the request is repeated, more and more rarely.
      }
    }
  }

  @Override
  public void onFault(@Nullable Endpoint to, Fault fault) {
    // Nobody listens there, or not at this time: the request is repeated.
  }

  /** Takes the mappings back. */
  void close() {
    if (answers) {
      asks.keySet().forEach(transport -> ask(transport, 0));
    }
    closed = true;
  }

  void release() {
    if (socket != null) {
      socket.close();
    }
  }
}
