package sluice.cli.market;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import sluice.ledger.client.HubCarrier;
import sluice.transport.Routes;
import sluice.transport.TransportConfig;

/** How a hub is asked by a program that is bound or behind a proxy. */
class HubWayTest {
  @Test
  void aHubIsAskedByTheWaysOfTheProgramAndNoOthers() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    AtomicInteger calls = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          String key = exchange.getRequestHeaders().getFirst("X-Key");
          byte[] sent = exchange.getRequestBody().readAllBytes();
          byte[] body =
              (exchange.getRequestMethod() + key + new String(sent, UTF_8)).getBytes(UTF_8);
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI hub = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/x");
    TransportConfig config = TransportConfig.defaults();
    try (HubCarrier bound = HubWay.of(config.from(List.of(here)))) {
      assertThat(bound).isInstanceOf(HubWay.class);
      assertThat(bound.send("GET", hub, "", Map.of("X-Key", "k")))
          .isEqualTo(new HubCarrier.Answer(403, "GETk"));
      assertThat(bound.send("POST", hub, "{}", Map.of("X-Key", "k")))
          .isEqualTo(new HubCarrier.Answer(403, "POSTk{}"));
    }
    try (HubCarrier shut = HubWay.of(config.routes(Routes.DIRECT.anonymous()))) {
      assertThatThrownBy(() -> shut.send("GET", hub, "", Map.of())).isInstanceOf(IOException.class);
    } finally {
      server.stop(0);
    }
    assertThat(calls).hasValue(2);
    try (HubCarrier free = HubWay.of(config)) {
      assertThat(free).isNotInstanceOf(HubWay.class);
    }
  }
}
