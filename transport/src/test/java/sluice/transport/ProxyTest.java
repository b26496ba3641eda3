package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.engine.port.Reach;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.proxy.Login;

/** What is to go through a proxy goes there and nowhere else, names included. */
class ProxyTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static Proxy proxy(Proxy.Kind kind, int port) {
    return new Proxy(kind, new HostPort("127.0.0.1", port), Optional.empty(), false);
  }

  private static Bed through(Proxy proxy) {
    return new Bed(TransportConfig.defaults().routes(Routes.all(new Route.Through(proxy))));
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void streamsAndNamesGoThroughIt(Proxy.Kind kind) {
    try (TestProxy server = new TestProxy();
        Bed far = new Bed(TransportConfig.defaults());
        Bed bed = through(proxy(kind, server.port()))) {
      Bed.Door door = far.listen(Bed.loopback("127.0.0.1"));
      int port = door.address().port();
      Endpoint named = new Endpoint(resolved(bed, "peer.example"), port);
      Pipe pipe = Bed.await(bed.connect(named, PATIENCE_NANOS, bed.log()));
      Bed.Accepted accepted = door.accepted();
      CompletableFuture<String> heard = new CompletableFuture<>();
      far.run(() -> accepted.log().onBytes = b -> heard.complete(text(b)));
      greet(bed, pipe);
      assertThat(Bed.await(heard)).isEqualTo("hello");
      assertThat(server.asked).containsExactly("peer.example:" + port);
    }
  }

  private static void greet(Bed bed, Pipe pipe) {
    bed.run(() -> {
      pipe.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
      pipe.flush();
    });
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.US_ASCII.decode(bytes).toString();
  }

  private static InetAddress resolved(Bed bed, String name) {
    CompletableFuture<InetAddress> told = new CompletableFuture<>();
    bed.run(() ->
        bed.transport
            .resolver()
            .resolve(
                name,
                new Resolver.Handler() {
                  @Override
                  public void onResolved(List<InetAddress> addresses) {
                    told.complete(addresses.getFirst());
                  }

                  @Override
                  public void onFault(Fault fault) {
                    told.completeExceptionally(new Bed.FaultException(fault));
                  }
                }));
    return Bed.await(told);
  }

  @Test
  void withoutTheProxyNothingLeaves() {
    TestProxy gone = new TestProxy();
    gone.close();
    try (Bed far = new Bed(TransportConfig.defaults());
        Bed bed = through(proxy(Proxy.Kind.SOCKS5, gone.port()))) {
      Bed.Door door = far.listen(Bed.loopback("127.0.0.1"));
      Fault fault = Bed.fault(bed.connect(door.address(), PATIENCE_NANOS, bed.log()));
      assertThat(fault.kind()).isEqualTo(Fault.Kind.REFUSED);
      assertThat(fault.detail()).contains("proxy");
      // Somebody else still comes in: the door was there to be found.
      Bed.await(far.connect(door.address(), PATIENCE_NANOS, far.log()));
      assertThat(door.accepted().pipe().remote().port()).isPositive();
      assertThat(door.waiting()).isZero();
      assertThat(Bed.fault(bed.tryListen(Bed.loopback("127.0.0.1"))).kind())
          .isEqualTo(Fault.Kind.NO_PERMISSION);
    }
  }

  @Test
  void refusalsOfTheDestinationAreTold() {
    try (TestProxy server = new TestProxy();
        Bed bed = through(proxy(Proxy.Kind.SOCKS5, server.port()))) {
      TestProxy nobody = new TestProxy();
      nobody.close();
      Endpoint closed = Bed.endpoint("127.0.0.1", nobody.port());
      Fault fault = Bed.fault(bed.connect(closed, PATIENCE_NANOS, bed.log()));
      assertThat(fault.kind()).isEqualTo(Fault.Kind.REFUSED);
    }
  }

  @Test
  void eachLaneHasALoginOfItsOwn() {
    try (TestProxy server = new TestProxy();
        Bed far = new Bed(TransportConfig.defaults());
        Bed bed = through(proxy(Proxy.Kind.SOCKS5, server.port()).isolating())) {
      Bed.Door door = far.listen(Bed.loopback("127.0.0.1"));
      for (String lane : List.of("one", "two", "one")) {
        CompletableFuture<Pipe> opened = new CompletableFuture<>();
        bed.run(() ->
            bed.transport
                .net()
                .lane(lane)
                .connect(door.address(), PATIENCE_NANOS, handler(bed, opened)));
        Bed.await(opened);
      }
      assertThat(server.asked).hasSize(3);
      assertThat(new HashSet<>(server.asked)).hasSize(2);
      assertThat(server.asked.get(0)).isEqualTo(server.asked.get(2)).doesNotContain("one");
    }
  }

  private static Net.ConnectHandler handler(Bed bed, CompletableFuture<Pipe> opened) {
    return new Net.ConnectHandler() {
      @Override
      public void onConnected(Pipe pipe) {
        pipe.handler(bed.log());
        opened.complete(pipe);
      }

      @Override
      public void onFault(Fault fault) {
        opened.completeExceptionally(new Bed.FaultException(fault));
      }
    };
  }

  @Test
  void theLoginIsGiven() {
    try (TestProxy server = new TestProxy();
        Bed far = new Bed(TransportConfig.defaults());
        Bed bed =
            through(
                new Proxy(
                    Proxy.Kind.SOCKS5,
                    new HostPort("127.0.0.1", server.port()),
                    Optional.of(new Login("me", "secret")),
                    false))) {
      Bed.Door door = far.listen(Bed.loopback("127.0.0.1"));
      Bed.await(bed.connect(door.address(), PATIENCE_NANOS, bed.log()));
      assertThat(server.asked).containsExactly("me@127.0.0.1:" + door.address().port());
    }
  }

  @Test
  void datagramsAndTheirAnswersGoThroughIt() {
    try (TestProxy server = new TestProxy();
        Bed far = new Bed(TransportConfig.defaults());
        Bed bed = through(proxy(Proxy.Kind.SOCKS5, server.port()))) {
      Echo echo = new Echo();
      far.run(() -> far.transport.net().udp(Bed.loopback("127.0.0.1"), echo));
      Endpoint at = Bed.await(echo.bound);
      Endpoint named = new Endpoint(resolved(bed, "tracker.example"), at.port());
      Asker asker = new Asker(named);
      bed.run(() -> bed.transport.trackers().net().udp(Bed.loopback("127.0.0.1"), asker));
      assertThat(Bed.await(asker.answer)).isEqualTo("hello from " + named);
      assertThat(server.asked).contains("udp", "udp tracker.example:" + at.port());
    }
  }

  /** Sends back what comes. */
  private static final class Echo implements Net.UdpHandler {
    final CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    private Net.@Nullable Datagrams socket;

    @Override
    public void onBound(Endpoint local, Net.Datagrams opened) {
      socket = opened;
      bound.complete(local);
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      if (socket != null) {
        socket.send(from, payload);
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      bound.completeExceptionally(new Bed.FaultException(fault));
    }
  }

  /** Says hello and waits for an answer from the same place. */
  private static final class Asker implements Net.UdpHandler {
    final CompletableFuture<String> answer = new CompletableFuture<>();
    private final Endpoint to;

    Asker(Endpoint to) {
      this.to = to;
    }

    @Override
    public void onBound(Endpoint local, Net.Datagrams opened) {
      opened.send(to, ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      if (from.equals(to)) {
        answer.complete(StandardCharsets.US_ASCII.decode(payload) + " from " + from);
      }
    }

    @Override
    public void onFault(@Nullable Endpoint at, Fault fault) {
      answer.completeExceptionally(new Bed.FaultException(fault));
    }
  }

  @Test
  void requestsGoThroughItByName() throws Exception {
    try (TestProxy server = new TestProxy();
        ScriptedServer web = ScriptedServer.of("HTTP/1.1 200 OK\r\n\r\nyes".getBytes());
        HttpBed asker = new HttpBed();
        Bed bed = through(proxy(Proxy.Kind.HTTP, server.port()))) {
      String url = web.url("/x").replace("127.0.0.1", "tracker.example");
      Http.Request request =
          new Http.Request(
              URI.create(url), Optional.empty(), Optional.empty(), 1_000, PATIENCE_NANOS);
      assertThat(asker.get(bed, request.within(Reach.PUBLIC)).text()).isEqualTo("yes");
      assertThat(server.asked).containsExactly(URI.create(url).getAuthority());
      // Literals and names of this machine do not reach the proxy's own.
      for (String host : List.of("127.0.0.1", "localhost", "127.1", "0x7f000001")) {
        Http.Request inward =
            new Http.Request(
                URI.create(web.url("/x").replace("127.0.0.1", host)),
                Optional.empty(),
                Optional.empty(),
                1_000,
                PATIENCE_NANOS);
        assertThat(asker.get(bed, inward.within(Reach.PUBLIC)).fault()).as(host).isPresent();
      }
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void anonymousWaysAreClosedWhereNoProxyIs() {
    Bed.Door door;
    try (Bed far = new Bed(TransportConfig.defaults());
        Bed bed = new Bed(TransportConfig.defaults().routes(Routes.DIRECT.anonymous()))) {
      door = far.listen(Bed.loopback("127.0.0.1"));
      Fault fault = Bed.fault(bed.connect(door.address(), PATIENCE_NANOS, bed.log()));
      assertThat(fault.kind()).isEqualTo(Fault.Kind.NO_PERMISSION);
      Asker asker = new Asker(door.address());
      bed.run(() -> bed.transport.datagrams().net().udp(Bed.loopback("127.0.0.1"), asker));
      assertThat(Bed.fault(asker.answer).kind()).isEqualTo(Fault.Kind.NO_PERMISSION);
    }
  }
}
