package sluice.engine.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeHttp;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeUdp;
import sluice.engine.port.Gateways.Router;
import sluice.protocol.address.Endpoint;

/** Routers of each kind are asked, again in time, and told at the end. */
class PortMappingTest {
  private static final int PORT = 6_881;
  private static final InetAddress LOCAL = InetAddress.ofLiteral("192.168.1.7");
  private static final InetAddress ROUTER = InetAddress.ofLiteral("192.168.1.1");
  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("198.51.100.9");
  private static final String DESCRIPTION =
      "<root><device><serviceList><service>"
          + "<serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>"
          + "<controlURL>/ctl</controlURL></service></serviceList></device></root>";

  private final FakeLoop loop = new FakeLoop();
  private final FakeUdp udp = new FakeUdp(loop);
  private final FakeHttp http = new FakeHttp(loop);
  private final List<InetAddress> external = new ArrayList<>();
  private final PortMapping mapping =
      new PortMapping(
          new PortMapping.Ports(
              loop,
              udp,
              http,
              new FakeEntropy(5),
              told -> loop.execute(() -> told.accept(List.of(new Router(ROUTER, LOCAL))))),
          external::add);

  private void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      mapping.tick(loop.now(), PORT);
      loop.runSeconds(1);
    }
  }

  /** Requests to the router that {@code first} bytes begin. */
  private List<ByteBuffer> asked(int... first) {
    return udp.sent.stream()
        .filter(sent -> sent.to().port() == 5_351)
        .map(FakeUdp.Sent::payload)
        .filter(p -> {
          for (int i = 0; i < first.length; i++) {
            if (p.get(i) != first[i]) {
              return false;
            }
          }
          return true;
        })
        .toList();
  }

  private static Optional<byte[]> pcp(ByteBuffer request) {
    if (request.get(0) != 2) {
      return Optional.empty();
    }
    byte[] answer = Arrays.copyOf(request.array(), 60);
    answer[1] |= (byte) 0x80;
    answer[54] = (byte) 0xff;
    answer[55] = (byte) 0xff;
    System.arraycopy(OUTSIDE.getAddress(), 0, answer, 56, 4);
    Arrays.fill(answer, 8, 24, (byte) 0);
    return Optional.of(answer);
  }

  @Test
  void pcpMapsBothRenewsAndTakesBack() {
    udp.script((to, p) -> to.port() == 5_351 ? pcp(p) : Optional.empty());
    run(10);
    assertThat(asked(2, 1)).hasSize(2);
    assertThat(asked().getFirst().getInt(4)).isEqualTo(3_600);
    assertThat(asked().getFirst().getShort(40) & 0xffff).isEqualTo(PORT);
    assertThat(external).contains(OUTSIDE);
    run(1_795);
    assertThat(asked(2, 1)).hasSize(4);
    boolean[] done = {false};
    mapping.close(() -> done[0] = true);
    loop.runSeconds(2);
    assertThat(done[0]).isTrue();
    assertThat(asked(2, 1)).hasSize(6);
    assertThat(asked().getLast().getInt(4)).isZero();
    assertThat(udp.open()).isZero();
  }

  @Test
  void natPmpIsSpokenWhereThatIsAll() {
    udp.script((to, p) -> to.port() == 5_351 ? Optional.of(pmp(p)) : Optional.empty());
    run(10);
    assertThat(asked(0, 0)).isNotEmpty();
    assertThat(asked(0, 1)).isNotEmpty();
    assertThat(asked(0, 2)).isNotEmpty();
    assertThat(external).contains(OUTSIDE);
    int before = asked(0).size();
    mapping.close(() -> {});
    loop.runSeconds(2);
    assertThat(asked(0)).hasSize(before + 2);
    assertThat(asked().getLast().getInt(8)).isZero();
  }

  /** The answer may be under way when all ends. */
  @Test
  void whatWasAskedForIsTakenBack() {
    udp.script(
        (to, p) -> to.port() == 5_351 && p.get(0) != 0 ? Optional.of(pmp(p)) : Optional.empty());
    run(1);
    int before = asked(0).size();
    mapping.close(() -> {});
    loop.runSeconds(2);
    assertThat(asked(0)).hasSize(before + 2);
    assertThat(asked().getLast().getInt(8)).isZero();
  }

  private static byte[] pmp(ByteBuffer request) {
    if (request.get(0) != 0) {
      return new byte[] {0, (byte) 0x80, 0, 1, 0, 0, 0, 1};
    }
    if (request.get(1) == 0) {
      byte[] answer = {0, (byte) 0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
      System.arraycopy(OUTSIDE.getAddress(), 0, answer, 8, 4);
      return answer;
    }
    ByteBuffer answer = ByteBuffer.allocate(16).put((byte) 0);
    answer.put((byte) (0x80 | request.get(1))).putShort((short) 0).putInt(1);
    return answer.putShort(request.getShort(4)).putShort(request.getShort(6)).putInt(7_200).array();
  }

  @Test
  void silenceIsAskedMoreAndMoreRarely() {
    run(600);
    assertThat(asked(2, 1).size()).isBetween(10, 24);
    mapping.close(() -> external.add(LOCAL));
    assertThat(external).containsExactly(LOCAL);
  }

  @Test
  void upnpMapsAtTheGatewayThatAnswered() {
    http.script(this::gateway);
    run(1);
    udp.deliver(new Endpoint(ROUTER, 1_900), found("http://192.168.1.1:5000/root.xml"));
    run(3);
    assertThat(bodies("AddPortMapping"))
        .hasSize(2)
        .allMatch(b -> b.contains("<NewInternalClient>192.168.1.7<"));
    assertThat(external).containsExactly(OUTSIDE);
    boolean[] done = {false};
    mapping.close(() -> done[0] = true);
    loop.runSeconds(2);
    assertThat(bodies("DeletePortMapping")).hasSize(2);
    assertThat(done[0]).isTrue();
  }

  private FakeHttp.Answer gateway(sluice.engine.port.Http.Request request) {
    if (request.upload().isEmpty()) {
      return new FakeHttp.Reply(200, DESCRIPTION);
    }
    assertThat(request.uri().toString()).isEqualTo("http://192.168.1.1:5000/ctl");
    return request.upload().get().body().contains("GetExternalIPAddress")
        ? new FakeHttp.Reply(
            200, "<r><NewExternalIPAddress>198.51.100.9</NewExternalIPAddress></r>")
        : new FakeHttp.Reply(200, "<r></r>");
  }

  private List<String> bodies(String action) {
    return http.requests.stream()
        .flatMap(r -> r.upload().stream())
        .map(sluice.engine.port.Http.Upload::body)
        .filter(body -> body.contains("<u:" + action + " "))
        .toList();
  }

  private static byte[] found(String location) {
    String text =
        "HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nLOCATION: "
            + location
            + "\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void upnpIsNotLedElsewhere() {
    run(1);
    for (String elsewhere :
        List.of("http://127.0.0.1:9091/rpc", "http://192.168.1.5/x", "http://router.local/x")) {
      udp.deliver(new Endpoint(ROUTER, 1_900), found(elsewhere));
    }
    udp.deliver(new Endpoint(InetAddress.ofLiteral("8.8.8.8"), 1_900), found("http://8.8.8.8/x"));
    run(3);
    assertThat(http.requests).isEmpty();
    http.script(
        r -> new FakeHttp.Reply(200, DESCRIPTION.replace("/ctl", "http://192.168.1.5/ctl")));
    udp.deliver(new Endpoint(ROUTER, 1_900), found("http://192.168.1.1/root.xml"));
    run(3);
    assertThat(http.requests).hasSize(1);
  }
}
