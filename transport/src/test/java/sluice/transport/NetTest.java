package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/** Listeners, sources, datagrams, and what is left when a transport has closed. */
class NetTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final TransportConfig DEFAULTS = TransportConfig.defaults();

  @Test
  void bothFamiliesListenOnOnePort() {
    Assumptions.assumeTrue(
        io.netty.channel.epoll.Epoll.isAvailable(), "skipped: epoll is needed for this");
    try (Bed bed = new Bed(DEFAULTS)) {
      Bed.Door v4 = bed.listen(Bed.endpoint("0.0.0.0", 0));
      Bed.Door v6 = bed.listen(Bed.endpoint("::", v4.address().port()));
      assertThat(v6.address().port()).isEqualTo(v4.address().port());
      for (String host : List.of("127.0.0.1", "::1")) {
        Endpoint to = Bed.endpoint(host, v4.address().port());
        Bed.await(bed.connect(to, PATIENCE_NANOS, bed.log()));
        Bed.Door door = host.equals("::1") ? v6 : v4;
        assertThat(door.accepted().pipe().remote().address())
            .isEqualTo(InetAddress.ofLiteral(host));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void faultsHaveKinds(boolean nativeLoop) throws IOException {
    try (Bed bed = new Bed(nativeLoop ? DEFAULTS : DEFAULTS.portable())) {
      Bed.Door door = bed.listen(Bed.loopback("127.0.0.1"));
      assertThat(Bed.fault(bed.tryListen(door.address())).kind()).isEqualTo(Fault.Kind.ADDRESS);
      bed.run(door.handle::close);
      bed.run(door.handle::close);
      Endpoint nobody = Bed.endpoint("127.0.0.1", freePort());
      Fault refused = Bed.fault(bed.connect(nobody, PATIENCE_NANOS, bed.log()));
      assertThat(refused.kind()).isEqualTo(Fault.Kind.REFUSED);
      assertThat(refused.detail()).isEqualTo("Connection refused: " + nobody);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectsFromTheSource(boolean nativeLoop) {
    TransportConfig config = DEFAULTS.from(List.of(InetAddress.ofLiteral("127.0.0.3")));
    try (Bed bed = new Bed(nativeLoop ? config : config.portable())) {
      Bed.Door door = bed.listen(Bed.loopback("127.0.0.1"));
      Bed.await(bed.connect(door.address(), PATIENCE_NANOS, bed.log()));
      assertThat(door.accepted().pipe().remote().address().getHostAddress()).isEqualTo("127.0.0.3");
      Endpoint other = Bed.endpoint("::1", door.address().port());
      assertThat(Bed.fault(bed.connect(other, PATIENCE_NANOS, bed.log())).kind())
          .isEqualTo(Fault.Kind.UNREACHABLE);
    }
  }

  @Test
  void aForeignSourceIsAFault() {
    try (Bed bed = new Bed(DEFAULTS.from(List.of(InetAddress.ofLiteral("192.0.2.1"))))) {
      Bed.Door door = bed.listen(Bed.loopback("127.0.0.1"));
      assertThat(Bed.fault(bed.connect(door.address(), PATIENCE_NANOS, bed.log())).kind())
          .isEqualTo(Fault.Kind.ADDRESS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void datagramsComeBack(String host) {
    for (TransportConfig config : List.of(DEFAULTS, DEFAULTS.portable())) {
      try (Bed bed = new Bed(config)) {
        Udp echo = new Udp(true, 50);
        Udp asker = new Udp(false, 50);
        bed.run(() -> bed.transport.net().udp(Bed.loopback(host), echo));
        bed.run(() -> bed.transport.net().udp(Bed.loopback(host), asker));
        Endpoint to = Bed.await(echo.bound);
        Bed.await(asker.bound);
        bed.run(() -> {
          for (int i = 0; i < 50; i++) {
            asker.send(to, new byte[i == 49 ? 5_000 : i * 20 + 1]);
          }
        });
        assertThat(Bed.await(asker.all)).isEqualTo(48 * 49 / 2 * 20 + 49 + 5_000);
        bed.run(asker::close);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 70_000})
  void datagramsThatCannotBeSentAreTold(int bytes) {
    try (Bed bed = new Bed(DEFAULTS)) {
      Udp asker = new Udp(false, 1);
      bed.run(() -> bed.transport.net().udp(Bed.loopback("127.0.0.1"), asker));
      Bed.await(asker.bound);
      Endpoint to = Bed.endpoint("127.0.0.1", 9);
      bed.run(() -> asker.send(to, new byte[bytes]));
      assertThat(Bed.await(asker.failed)).isEqualTo(to);
    }
  }

  @Test
  void nothingIsLeftOpen() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "skipped: no /proc");
    new Bed(DEFAULTS).close();
    long before = openSockets();
    PipeLog log;
    Bed.Accepted accepted;
    try (Bed bed = new Bed(DEFAULTS)) {
      Bed.Door door = bed.listen(Bed.loopback("127.0.0.1"));
      log = bed.log();
      Bed.await(bed.connect(door.address(), PATIENCE_NANOS, log));
      accepted = door.accepted();
      bed.run(() -> bed.transport.net().udp(Bed.loopback("127.0.0.1"), new Udp(false, 1)));
    }
    assertThat(log.closed).isDone();
    assertThat(accepted.log().closed).isDone();
    assertThat(openSockets()).isEqualTo(before);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("sluice-loop"));
  }

  private static long openSockets() throws IOException {
    try (var links = Files.list(Path.of("/proc/self/fd"))) {
      return links.filter(NetTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().matches("(socket|anon_inode):.*");
    } catch (IOException gone) {
      return false;
    }
  }

  /** A datagram socket that counts or sends back. */
  private static final class Udp implements Net.UdpHandler {
    final CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    final CompletableFuture<Integer> all = new CompletableFuture<>();
    final CompletableFuture<Endpoint> failed = new CompletableFuture<>();
    private final boolean echo;
    private int missing;
    private int bytes;
    private Net.@Nullable Datagrams socket;

    Udp(boolean echo, int expected) {
      this.echo = echo;
      this.missing = expected;
    }

    /** Those that an Ethernet does not carry whole may be cut. */
    void send(Endpoint to, byte[] payload) {
      if (payload.length > 1_500) {
        socket.sendInPieces(to, ByteBuffer.wrap(payload));
      } else {
        socket.send(to, ByteBuffer.wrap(payload));
      }
    }

    void close() {
      socket.close();
      socket.close();
    }

    @Override
    public void onBound(Endpoint local, Net.Datagrams datagrams) {
      socket = datagrams;
      bound.complete(local);
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      bytes += payload.remaining();
      if (echo) {
        socket.send(from, payload);
      }
      if (--missing == 0) {
        all.complete(bytes);
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      bound.completeExceptionally(new Bed.FaultException(fault));
      failed.complete(to);
    }
  }
}
