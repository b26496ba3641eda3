package sluice.transport.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.proxy.Destination;
import sluice.protocol.proxy.SocksCodec;
import sluice.transport.netty.Caller;
import sluice.transport.netty.Sockets;

/**
 * A datagram socket whose datagrams all go through a SOCKS 5 proxy. The proxy passes them on while
 * a stream to it is open; when that ends, another one is opened after a while. Until then a few
 * datagrams wait, and the rest is lost. Loop only.
 */
final class SocksDatagrams implements Net.Datagrams, Net.UdpHandler {
  private static final int MAX_WAITING = 64;
  private static final int MAX_PAYLOAD_BYTES = 8 * 1024;
  private static final long ASSOCIATE_NANOS = 20_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final long MAX_PAUSE_NANOS = 60_000_000_000L;

  /** Names that datagrams were sent to, of which an answer may come. */
  private static final int MAX_NAMES = 64;

  private final Loop loop;
  private final ProxyCaller proxy;
  private final StandIns names;
  private final Endpoint local;
  private final Net.UdpHandler user;
  private final ByteBuffer out =
      ByteBuffer.allocate(SocksCodec.MAX_HEADER_BYTES + MAX_PAYLOAD_BYTES);
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /**
   * The stand-ins of names that were sent to; the one that was sent to first is forgotten first.
   */
  private final Map<Endpoint, Destination> asked = new LinkedHashMap<>();

  private Net.@Nullable Datagrams socket;
  private @Nullable SocketChannel stream;
  private @Nullable Endpoint relay;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private boolean closed;

  private record Waiting(Endpoint to, ByteBuffer payload) {}

  private SocksDatagrams(
      Loop loop, ProxyCaller proxy, StandIns names, Endpoint local, Net.UdpHandler user) {
    this.loop = loop;
    this.proxy = proxy;
    this.names = names;
    this.local = local;
    this.user = user;
  }

  /**
   * Opens one in place of a socket at {@code local}.
   *
   * @param direct binds the socket to the proxy, at {@code from}
   */
  static void open(
      Loop loop,
      ProxyCaller proxy,
      StandIns names,
      Endpoint local,
      Net direct,
      Endpoint from,
      Net.UdpHandler user) {
    direct.udp(from, new SocksDatagrams(loop, proxy, names, local, user));
  }

  @Override
  public void onBound(Endpoint at, Net.Datagrams bound) {
    socket = bound;
    user.onBound(new Endpoint(local.address(), at.port()), this);
    associate();
  }

  private void associate() {
    if (!closed) {
      proxy.associate(
          ASSOCIATE_NANOS,
          channel -> new Watch(),
          this::associated,
          new Caller.Outcome() {
            @Override
            public void onOpen(SocketChannel channel) {
              throw new IllegalStateException("told as a relay");
            }

            @Override
            public void onFault(Fault fault) {
              again();
            }
          });
    }
  }

  private void associated(SocketChannel channel, Endpoint at) {
    if (closed) {
      Sockets.close(channel);
      return;
    }
    stream = channel;
    relay = at;
    pauseNanos = FIRST_PAUSE_NANOS;
    channel.config().setAutoRead(true);
    while (!waiting.isEmpty()) {
      Waiting first = waiting.removeFirst();
      send(first.to, first.payload);
    }
  }

  private void again() {
    stream = null;
    relay = null;
    if (!closed) {
      loop.after(pauseNanos, this::associate);
      pauseNanos = Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
    }
  }

  @Override
  public void send(Endpoint to, ByteBuffer payload) {
    if (closed || payload.remaining() > MAX_PAYLOAD_BYTES) {
      return;
    }
    if (relay == null || socket == null) {
      if (waiting.size() < MAX_WAITING) {
        ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
        waiting.addLast(new Waiting(to, copy));
      }
      return;
    }
    Destination destination = names.destination(to);
    if (destination instanceof Destination.Named) {
      asked.remove(to);
      if (asked.size() >= MAX_NAMES) {
        asked.remove(asked.keySet().iterator().next());
      }
      asked.put(to, destination);
    }
    out.clear();
    SocksCodec.encode(destination, payload.duplicate(), out);
    socket.send(relay, out.flip());
  }

  @Override
  public void wasted() {
    if (socket != null) {
      socket.wasted();
    }
  }

  @Override
  public void onDatagram(Endpoint from, ByteBuffer payload) {
    Optional<Destination> source =
        from.equals(relay) ? SocksCodec.decode(payload) : Optional.empty();
    if (source.isEmpty() || !payload.hasRemaining()) {
      wasted();
      return;
    }
    switch (source.get()) {
      case Destination.Numeric(Endpoint sender) -> {
        user.onDatagram(sender, payload.duplicate());
        // Somebody was asked by name and answers by address: who that was, the content tells.
        for (Endpoint name : asked.keySet().toArray(Endpoint[]::new)) {
          if (name.port() == sender.port()) {
            user.onDatagram(name, payload.duplicate());
          }
        }
      }
      case Destination.Named named ->
          asked.entrySet().stream()
              .filter(entry -> entry.getValue().equals(named))
              .map(Map.Entry::getKey)
              .findFirst()
              .ifPresent(name -> user.onDatagram(name, payload));
    }
  }

  @Override
  public void onFault(@Nullable Endpoint to, Fault fault) {
    if (to == null) {
      user.onFault(null, fault);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.clear();
    if (socket != null) {
      socket.close();
    }
    if (stream != null) {
      Sockets.close(stream);
    }
  }

  /** Sees the end of the stream. */
  private final class Watch extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      again();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Sockets.close((SocketChannel) context.channel());
    }
  }
}
