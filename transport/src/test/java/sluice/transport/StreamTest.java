package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;

/** Streams between a transport and plain sockets: ends of all kinds, holds and back-pressure. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class StreamTest {
  private static final int MANY_BLOCKS = 4_000;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @Parameter boolean nativeLoop;

  private final CountedPool pool = new CountedPool();
  private Bed bed;
  private ServerSocket server;
  private Socket peer;
  private Pipe pipe;
  private PipeLog log;

  @BeforeEach
  void connect() throws IOException {
    TransportConfig config = TransportConfig.defaults();
    bed = new Bed(nativeLoop ? config : config.portable());
    server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    log = bed.log();
    CompletableFuture<Pipe> connected =
        bed.connect(Bed.endpoint("127.0.0.1", server.getLocalPort()), PATIENCE_NANOS, log);
    peer = server.accept();
    pipe = Bed.await(connected);
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    server.close();
    bed.close();
    assertThat(pool.inUse()).as("blocks with holds").isZero();
    assertThat(log.ends).as("ends told").isEqualTo(1);
  }

  private void writeMany() {
    for (int i = 0; i < MANY_BLOCKS; i++) {
      pipe.write(ByteBuffer.allocate(13));
      pipe.write(pool.take(), 0, CountedPool.BLOCK_BYTES);
    }
  }

  @Test
  void releasesWhatWasWritten() throws IOException {
    bed.run(() -> {
      pipe.write(pool.take(), 5, 11);
      pipe.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      pipe.write(pool.take(), 0, 0);
      pipe.flush();
    });
    assertThat(peer.getInputStream().readNBytes(14)).endsWith(1, 2, 3);
    bed.run(() -> assertThat(pipe.pending()).isZero());
    assertThat(pool.inUse()).isZero();
  }

  @Test
  void releasesWhatWasLeftWhenClosed() {
    bed.run(() -> {
      writeMany();
      pipe.flush();
      assertThat(pipe.pending()).isPositive();
      pipe.write(pool.take(), 0, 100);
      pipe.write(ByteBuffer.allocate(10));
      pipe.close();
      assertThat(log.ends).isZero();
      assertThat(pool.inUse()).isZero();
      pipe.write(pool.take(), 0, 100);
      pipe.flush();
      pipe.close();
    });
    assertThat(Bed.await(log.closed).kind()).isEqualTo(Fault.Kind.CANCELLED);
    assertThat(bed.on(pipe::pending)).isZero();
  }

  @Test
  void releasesWhatWasLeftWhenThePeerResets() throws IOException {
    bed.run(() -> {
      writeMany();
      pipe.flush();
    });
    peer.setSoLinger(true, 0);
    peer.close();
    Fault fault = Bed.await(log.closed);
    assertThat(fault.kind()).isEqualTo(Fault.Kind.CLOSED);
    assertThat(fault.detail()).isNotBlank().doesNotContain("\n");
    bed.run(() -> assertThat(pool.inUse()).isZero());
  }

  @Test
  void releasesWhatWasLeftWhenTheTransportCloses() {
    bed.run(() -> {
      writeMany();
      pipe.flush();
    });
    bed.close();
    assertThat(pool.inUse()).isZero();
  }

  @Test
  void deliversWhatThePeerSentBeforeItClosed() throws IOException {
    peer.getOutputStream().write(new byte[300_000]);
    peer.close();
    assertThat(Bed.await(log.closed).kind()).isEqualTo(Fault.Kind.CLOSED);
    assertThat(log.received).isEqualTo(300_000);
  }

  @Test
  void closesWhenThePeerHalfCloses() throws IOException {
    peer.shutdownOutput();
    assertThat(Bed.await(log.closed).kind()).isEqualTo(Fault.Kind.CLOSED);
    assertThat(peer.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void tellsWhenItIsDrained() throws IOException {
    AtomicInteger told = new AtomicInteger();
    CompletableFuture<Long> pendingWhenTold = new CompletableFuture<>();
    CompletableFuture<Long> pendingWhenToldAgain = new CompletableFuture<>();
    bed.run(() -> {
      log.onDrained =
          () -> {
            var when = told.incrementAndGet() == 1 ? pendingWhenTold : pendingWhenToldAgain;
            when.complete(pipe.pending());
          };
      writeMany();
      pipe.flush();
      assertThat(told).hasValue(0);
    });
    peer.getInputStream().skipNBytes(MANY_BLOCKS * (13L + CountedPool.BLOCK_BYTES));
    assertThat(Bed.await(pendingWhenTold)).isLessThan(256 * 1024);
    assertThat(Bed.await(pendingWhenToldAgain)).isZero();
    assertThat(pool.inUse()).isZero();
    assertThat(told).hasValue(2);
  }

  @Test
  void readsNothingWhileReadingIsOff() throws IOException {
    List<Boolean> allowed = new ArrayList<>();
    bed.run(() -> pipe.reading(false));
    bed.run(() ->
        log.onBytes =
            bytes -> {
              allowed.add(true);
              pipe.reading(false);
            });
    peer.getOutputStream().write(new byte[2_000_000]);
    long seen = 0;
    while (seen < 2_000_000) {
      bed.run(() -> pipe.reading(true));
      seen = received(seen);
      int calls = bed.on(allowed::size);
      bed.run(() -> assertThat(allowed).hasSize(calls));
    }
    assertThat(bed.on(allowed::size)).isGreaterThanOrEqualTo(2_000_000 / (128 * 1024));
  }

  /** Waits until more than {@code seen} bytes have come. */
  private long received(long seen) {
    while (log.received == seen) {
      Thread.onSpinWait();
    }
    return log.received;
  }

  @Test
  void anErrorOfTheHandlerEndsThePipeOnly() throws IOException {
    bed.run(() ->
        log.onBytes =
            bytes -> {
              throw new IllegalStateException("on purpose");
            });
    peer.getOutputStream().write(1);
    Fault fault = Bed.await(log.closed);
    assertThat(fault).isEqualTo(new Fault(Fault.Kind.IO, "on purpose"));
    bed.run(() -> assertThat(bed.transport.loop().isCurrent()).isTrue());
  }

  @Test
  void connectEndsWhenTheTimeIsOver() throws IOException {
    List<Socket> queued = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      while (fill(full, queued)) {
        assertThat(queued).hasSizeLessThan(10);
      }
      CompletableFuture<Pipe> outcome =
          bed.connect(Bed.endpoint("127.0.0.1", full.getLocalPort()), 50_000_000L, bed.log());
      assertThat(Bed.fault(outcome).kind()).isEqualTo(Fault.Kind.TIMEOUT);
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  /** Puts one more connection into the backlog; false if there is no room. */
  private static boolean fill(ServerSocket full, List<Socket> queued) throws IOException {
    Socket socket = new Socket();
    queued.add(socket);
    try {
      socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 300);
      return true;
    } catch (java.net.SocketTimeoutException noRoom) {
      return false;
    }
  }
}
