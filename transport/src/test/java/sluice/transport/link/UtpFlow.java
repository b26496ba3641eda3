package sluice.transport.link;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.engine.utp.Utp;
import sluice.protocol.address.Endpoint;
import sluice.transport.Transport;
import sluice.transport.TransportConfig;

/** Bytes without end from one side to the other by our uTP, each of them looked at. */
final class UtpFlow {
  private static final int CHUNK = 16_384;
  private static final int QUEUED = 512 * 1024;
  private static final int WAIT_SECONDS = 60;

  private final Transport near;
  private final Transport far;

  /** Bytes that have come; written by the far loop only. */
  private volatile long received;

  private volatile boolean wrong;
  private long sent;

  UtpFlow(Side from, Side to, Endpoint at) throws IOException {
    near = open(from);
    far = open(to);
    Utp receiver = utp(far, at, this::receive);
    Utp sender = utp(near, new Endpoint(any(at), 0), Pipe::close);
    CompletableFuture<Pipe> connected = new CompletableFuture<>();
    near.loop()
        .execute(() ->
            sender.connect(
                at,
                new Net.ConnectHandler() {
                  @Override
                  public void onConnected(Pipe pipe) {
                    send(pipe);
                    connected.complete(pipe);
                  }

                  @Override
                  public void onFault(Fault fault) {
                    connected.completeExceptionally(new IOException(fault.toString()));
                  }
                }));
    await(connected);
    if (receiver.connections() < 0) {
      throw new IllegalStateException("no receiver");
    }
  }

  private static InetAddress any(Endpoint like) {
    return InetAddress.ofLiteral(like.isIpv6() ? "::" : "0.0.0.0");
  }

  /** A transport whose loop, with all that it opens, is in the network of {@code side}. */
  private static Transport open(Side side) throws IOException {
    return side.call(() -> {
      Transport made = Transport.open(TransportConfig.defaults());
      CompletableFuture<Void> runs = new CompletableFuture<>();
      made.loop().execute(() -> runs.complete(null));
      await(runs);
      return made;
    });
  }

  private static Utp utp(Transport transport, Endpoint at, Consumer<Pipe> accepted) {
    CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    Utp utp = new Utp(transport.loop(), transport.datagrams().net(), transport.entropy());
    transport
        .loop()
        .execute(() ->
            utp.open(at, peer -> false, accepted, where -> bound.complete(where.orElseThrow())));
    await(bound);
    return utp;
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private void send(Pipe pipe) {
    pipe.handler(
        new Pipe.Handler() {
          @Override
          public void onBytes(ByteBuffer bytes) {
            wrong = true;
          }

          @Override
          public void onDrained() {
            refill(pipe);
          }

          @Override
          public void onClosed(Fault fault) {
            // Nothing comes any more, which is seen at the other end.
          }
        });
    refill(pipe);
  }

  private void refill(Pipe pipe) {
    while (pipe.pending() < QUEUED) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (chunk.hasRemaining()) {
        chunk.put(at(sent++));
      }
      pipe.write(chunk.flip());
    }
    pipe.flush();
  }

  private void receive(Pipe pipe) {
    pipe.handler(
        new Pipe.Handler() {
          @Override
          public void onBytes(ByteBuffer bytes) {
            long count = received;
            while (bytes.hasRemaining()) {
              wrong |= bytes.get() != at(count++);
            }
            received = count;
          }

          @Override
          public void onDrained() {
            // Nothing is sent.
          }

          @Override
          public void onClosed(Fault fault) {
            // Nothing comes any more.
          }
        });
  }

  /** The byte at {@code position} of the stream. */
  private static byte at(long position) {
    return (byte) (position * 31 + (position >> 8) * 7 + (position >> 16));
  }

  /** Bytes that have come. */
  long received() {
    return received;
  }

  /** Whether a byte was not the one that was sent. */
  boolean isWrong() {
    return wrong;
  }

  void close() {
    near.close();
    far.close();
  }
}
