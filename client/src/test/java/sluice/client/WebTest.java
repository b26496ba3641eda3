package sluice.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.client.passage.Passage;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.transport.Binding;
import sluice.transport.Routes;

/** What is asked of the web for the program around a client. */
class WebTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final AtomicInteger calls = new AtomicInteger();
  private final HttpServer server;

  WebTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          String word = exchange.getRequestHeaders().getFirst("X-Word");
          String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          byte[] body = (exchange.getRequestMethod() + " " + word + " " + sent).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Web.Question question(Reach reach, String body) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a");
    Http.Upload upload = new Http.Upload(Map.of("X-Word", "w"), body);
    return new Web.Question(uri, Optional.of(upload), reach, 1_000, PATIENCE_NANOS);
  }

  @Test
  void asksByTheWaysOfTheClientAndNoOthers() throws Exception {
    try (Client client = Client.open(ClientConfig.defaults())) {
      Web.Answer answer = client.web().ask(question(Reach.ANY, "hello"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(new String(answer.body(), UTF_8)).isEqualTo("POST w hello");
      Web.Answer without = client.web().ask(question(Reach.ANY, ""));
      assertThat(new String(without.body(), UTF_8)).isEqualTo("GET w ");
      assertThatThrownBy(() -> client.web().ask(question(Reach.PUBLIC, "")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no address that may be used");
    }
    Passage nowhere = new Passage(Routes.DIRECT, true, UrlGuard.NORMAL, Binding.NONE, false, false);
    try (Client client = Client.open(nowhere.lead(ClientConfig.defaults()))) {
      assertThatThrownBy(() -> client.web().ask(question(Reach.ANY, "")))
          .isInstanceOf(IOException.class);
    }
    assertThat(calls).hasValue(2);
  }
}
