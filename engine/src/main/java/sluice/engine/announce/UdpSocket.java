package sluice.engine.announce;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.UdpCodec;

/**
 * The socket to UDP trackers of one address family, with the connection ids that they gave to it.
 * It is bound when an exchange needs it, and closed when none has needed it for two minutes.
 */
final class UdpSocket implements Net.UdpHandler {
  /** How long a client may use a connection id (BEP 15). */
  static final long CONNECTION_NANOS = 60_000_000_000L;

  static final long IDLE_NANOS = 120_000_000_000L;

  /** Most exchanges at a time. */
  static final int MAX_EXCHANGES = 4_096;

  /** Most connection ids; the oldest goes first. */
  static final int MAX_CONNECTIONS = 1_024;

  private final Loop loop;
  private final Net net;
  private final Entropy entropy;
  private final Endpoint local;

  /** Exchanges that wait for an answer, by transaction id, or for the socket to be bound. */
  private final Map<Integer, UdpExchange> exchanges = new LinkedHashMap<>();

  private final Map<Endpoint, Connection> connections = new LinkedHashMap<>();
  private Net.@Nullable Datagrams socket;
  private boolean binding;
  private boolean closed;
  private Loop.@Nullable Timer idle;

  private record Connection(long id, long sinceNanos) {}

  UdpSocket(Loop loop, Net net, Entropy entropy, Endpoint local) {
    this.loop = loop;
    this.net = net;
    this.entropy = entropy;
    this.local = local;
  }

  /** Registers {@code exchange} under a fresh transaction id; it is told when it can send. */
  int open(UdpExchange exchange) {
    int transaction;
    do {
      transaction = (int) entropy.nextLong();
    } while (exchanges.containsKey(transaction));
    if (exchanges.size() >= MAX_EXCHANGES) {
      loop.execute(() -> exchange.onFault("too many announces at a time"));
      return transaction;
    }
    exchanges.put(transaction, exchange);
    if (idle != null) {
      idle.cancel();
      idle = null;
    }
    if (socket == null && !binding && !closed) {
      binding = true;
      net.udp(local, this);
    }
    return transaction;
  }

  /** Forgets a transaction id. */
  void done(int transaction) {
    exchanges.remove(transaction);
    if (exchanges.isEmpty() && !closed && idle == null) {
      idle = loop.after(IDLE_NANOS, this::release);
    }
  }

  boolean isBound() {
    return socket != null;
  }

  void send(Endpoint to, ByteBuffer packet) {
    if (socket != null) {
      socket.send(to, packet);
    }
  }

  /** The connection id of {@code tracker} if it may still be used. */
  OptionalLong connection(Endpoint tracker) {
    Connection known = connections.get(tracker);
    return known == null || loop.now() - known.sinceNanos >= CONNECTION_NANOS
        ? OptionalLong.empty()
        : OptionalLong.of(known.id);
  }

  void connected(Endpoint tracker, long id) {
    connections.remove(tracker);
    if (connections.size() >= MAX_CONNECTIONS) {
      connections.remove(connections.keySet().iterator().next());
    }
    connections.put(tracker, new Connection(id, loop.now()));
  }

  void disconnected(Endpoint tracker) {
    connections.remove(tracker);
  }

  void close() {
    closed = true;
    List.copyOf(exchanges.values()).forEach(UdpExchange::cancel);
    exchanges.clear();
    if (idle != null) {
      idle.cancel();
      idle = null;
    }
    release();
  }

  private void release() {
    idle = null;
    connections.clear();
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  @Override
  public void onBound(Endpoint at, Net.Datagrams bound) {
    binding = false;
    if (closed) {
      bound.close();
      return;
    }
    socket = bound;
    new ArrayList<>(exchanges.values()).forEach(UdpExchange::onBound);
  }

  @Override
  public void onDatagram(Endpoint from, ByteBuffer payload) {
    OptionalInt transaction = UdpCodec.transaction(payload);
    if (transaction.isPresent()) {
      UdpExchange exchange = exchanges.get(transaction.getAsInt());
      if (exchange != null && exchange.remote().equals(from)) {
        exchange.onReply(payload);
      }
    }
  }

  @Override
  public void onFault(@Nullable Endpoint to, Fault fault) {
    if (to == null) {
      binding = false;
      release();
    }
    for (UdpExchange exchange : new ArrayList<>(exchanges.values())) {
      if (to == null || exchange.remote().equals(to)) {
        exchange.onFault(fault.detail());
      }
    }
  }
}
