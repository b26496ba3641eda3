package sluice.engine.fake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/** A network of datagrams alone: a script answers them a tenth of a second later. */
public final class FakeUdp implements Net {
  private static final int HEADER_BYTES = 10;

  private static final long LATENCY_NANOS = 100_000_000L;

  /** All datagrams that were sent. */
  public final List<Sent> sent = new ArrayList<>();

  private final Loop loop;
  private final List<UdpHandler> handlers = new ArrayList<>();
  private BiFunction<Endpoint, ByteBuffer, Optional<byte[]>> script = (to, p) -> Optional.empty();
  private int open;
  private int wasted;

  /** A datagram, when and where to. */
  public record Sent(long atNanos, Endpoint to, ByteBuffer payload) {}

  public FakeUdp(Loop loop) {
    this.loop = loop;
  }

  /** Sets what answers. */
  public void script(BiFunction<Endpoint, ByteBuffer, Optional<byte[]>> script) {
    this.script = script;
  }

  /** Datagrams that were of no use. */
  public int wasted() {
    return wasted;
  }

  /** Sockets that are open. */
  public int open() {
    return open;
  }

  /** Delivers a datagram to the socket that was bound last. */
  public void deliver(Endpoint from, byte[] payload) {
    // As a datagram that came by a proxy: behind a header that has been read.
    ByteBuffer whole = ByteBuffer.allocate(HEADER_BYTES + payload.length);
    whole.put(HEADER_BYTES, payload).position(HEADER_BYTES);
    handlers.getLast().onDatagram(from, whole);
  }

  /** Tells the socket that was bound last that a datagram to {@code to} was refused. */
  public void refuse(Endpoint to) {
    handlers.getLast().onFault(to, new Fault(Fault.Kind.REFUSED, "port unreachable"));
  }

  @Override
  public void udp(Endpoint local, UdpHandler handler) {
    handlers.add(handler);
    open++;
    loop.execute(() ->
        handler.onBound(
            new Endpoint(local.address(), 50_000 + handlers.size()), new Socket(handler)));
  }

  private final class Socket implements Datagrams {
    private final UdpHandler handler;
    private boolean closed;

    Socket(UdpHandler handler) {
      this.handler = handler;
    }

    @Override
    public void send(Endpoint to, ByteBuffer payload) {
      if (closed) {
        throw new IllegalStateException("sent on a closed socket");
      }
      byte[] copy = new byte[payload.remaining()];
      payload.duplicate().get(copy);
      sent.add(new Sent(loop.now(), to, ByteBuffer.wrap(copy)));
      script
          .apply(to, ByteBuffer.wrap(copy))
          .ifPresent(answer ->
              loop.after(
                  LATENCY_NANOS,
                  () -> {
                    if (!closed) {
                      handler.onDatagram(to, ByteBuffer.wrap(answer));
                    }
                  }));
    }

    @Override
    public void wasted() {
      wasted++;
    }

    @Override
    public void close() {
      open -= closed ? 0 : 1;
      closed = true;
    }
  }

  @Override
  public void listen(Endpoint local, ListenHandler handler) {
    throw new UnsupportedOperationException("datagrams only");
  }

  @Override
  public void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
    throw new UnsupportedOperationException("datagrams only");
  }
}
