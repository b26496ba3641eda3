package sluice.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.sim.world.SimLoop;
import sluice.sim.world.SimWorld;

class SimNetTest {
  private static final long SECOND = 1_000_000_000;
  private static final InetAddress A = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress B = InetAddress.ofLiteral("10.0.0.2");

  private final SimWorld world = new SimWorld(5);
  private final SimNetwork network = new SimNetwork(world);
  private final SimLoop loopA = world.loop("a");
  private final SimLoop loopB = world.loop("b");
  private final SimNet netA = network.attach(loopA, A, LinkProfile.home());
  private final Receiver receiver = new Receiver();
  private final List<String> seen = new ArrayList<>();

  private void connect(String address, int port) {
    Endpoint remote = new Endpoint(InetAddress.ofLiteral(address), port);
    loopA.execute(() -> netA.connect(remote, 5 * SECOND, receiver));
    world.runFor(Duration.ofSeconds(10));
  }

  @Test
  void nobodyListensIsARefusal() {
    network.attach(loopB, B, LinkProfile.home());
    connect("10.0.0.2", 6881);
    assertThat(receiver.events).containsExactly("REFUSED");
  }

  @Test
  void noHostIsATimeout() {
    connect("10.0.0.99", 6881);
    assertThat(receiver.events).containsExactly("TIMEOUT");
  }

  @Test
  void aFilteredHostIsATimeout() {
    SimNet netB = network.attach(loopB, B, LinkProfile.home().filtered());
    loopB.execute(() -> netB.listen(new Endpoint(B, 6881), new Receiver()));
    connect("10.0.0.2", 6881);
    assertThat(receiver.events).containsExactly("TIMEOUT");
  }

  @Test
  void theOtherFamilyIsUnreachable() {
    connect("2001:db8::1", 6881);
    assertThat(receiver.events).containsExactly("UNREACHABLE");
  }

  @Test
  void aPortIsListenedOnOnceAndFreeAfterClose() {
    Receiver second = new Receiver();
    Endpoint local = new Endpoint(InetAddress.ofLiteral("0.0.0.0"), 6881);
    loopA.execute(() -> netA.listen(local, receiver));
    loopA.execute(() -> netA.listen(local, second));
    world.runFor(Duration.ofSeconds(1));
    loopA.execute(() -> receiver.listener.close());
    loopA.execute(() -> netA.listen(local, second));
    loopA.execute(() -> netA.listen(new Endpoint(B, 1), second));
    world.runFor(Duration.ofSeconds(1));
    assertThat(receiver.events).containsExactly("listening 6881");
    assertThat(second.events).containsExactly("ADDRESS", "listening 6881", "ADDRESS");
  }

  private final class Udp implements Net.UdpHandler {
    private Net.Datagrams socket;

    @Override
    public void onBound(Endpoint local, Net.Datagrams bound) {
      socket = bound;
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      seen.add(from + " " + payload.remaining());
    }

    @Override
    public void onFault(Endpoint to, Fault fault) {
      seen.add(fault.kind().toString());
    }
  }

  @Test
  void datagramsComeOrAreLost() {
    LinkProfile lossy = new LinkProfile(1_000_000, 0, 0, 0, 0.5, true, 0);
    SimNet netB = network.attach(loopB, B, lossy);
    Udp a = new Udp();
    loopA.execute(() -> netA.udp(new Endpoint(A, 1000), a));
    loopB.execute(() -> netB.udp(new Endpoint(B, 2000), new Udp()));
    world.runFor(Duration.ofSeconds(1));
    loopA.execute(() -> {
      for (int i = 0; i < 100; i++) {
        a.socket.send(new Endpoint(B, 2000), ByteBuffer.allocate(10));
      }
      a.socket.send(new Endpoint(B, 2000), ByteBuffer.allocate(70_000));
    });
    world.runFor(Duration.ofSeconds(1));
    assertThat(seen).contains("10.0.0.1:1000 10", "UNREACHABLE").hasSizeBetween(30, 70);
  }

  @Test
  void namesAndLiteralsResolve() {
    network.name("tracker.test", B);
    SimResolver resolver = new SimResolver(netA);
    Resolver.Handler handler =
        new Resolver.Handler() {
          @Override
          public void onResolved(List<InetAddress> addresses) {
            seen.add(addresses.toString());
          }

          @Override
          public void onFault(Fault fault) {
            seen.add(fault.kind().toString());
          }
        };
    for (String host : List.of("tracker.test", "10.9.9.9", "nowhere.test")) {
      loopA.execute(() -> resolver.resolve(host, handler));
    }
    world.runFor(Duration.ofSeconds(1));
    assertThat(seen).containsExactly("[/10.0.0.2]", "[/10.9.9.9]", "UNKNOWN_HOST");
  }

  @Test
  void theTrackerGivesThePeersOfOthers() {
    SimTracker tracker = new SimTracker(world.chance("tracker"), 600);
    network.site("t.test:80", tracker);
    String hash = "%00%ffabcdefghijklmnopqr";
    announce("http://t.test/announce?info_hash=" + hash + "&port=6881&left=0&event=started");
    announce("http://t.test/announce?info_hash=" + hash + "&port=258&left=5");
    tracker.down(new Site.Answer.Refused());
    announce("http://t.test/announce?info_hash=" + hash + "&port=258&left=5");
    announce("http://gone.test/announce?info_hash=" + hash + "&port=258&left=5");
    assertThat(seen)
        .containsExactly(
            "d8:completei0e10:incompletei0e8:intervali600e5:peers0:6:peers60:e",
            "d8:completei1e10:incompletei0e8:intervali600e5:peers6:\n\0\0\1\u001a\u00e1"
                + "6:peers60:e",
            "REFUSED",
            "UNKNOWN_HOST");
    assertThat(tracker.announces()).isEqualTo(3);
    assertThat(tracker.peers()).isEqualTo(2);
  }

  private void announce(String url) {
    Http.Request request =
        new Http.Request(URI.create(url), Optional.empty(), Optional.empty(), 10_000, SECOND);
    Http.Handler handler =
        new Http.Handler() {
          @Override
          public void onAnswer(int status, byte[] body) {
            seen.add(new String(body, StandardCharsets.ISO_8859_1));
          }

          @Override
          public void onFault(Fault fault) {
            seen.add(fault.kind().toString());
          }
        };
    loopA.execute(() -> new SimHttp(netA).get(request, handler));
    world.runFor(Duration.ofSeconds(5));
  }
}
