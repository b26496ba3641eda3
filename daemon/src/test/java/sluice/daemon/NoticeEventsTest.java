package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.daemon.config.NoticeSettings;
import sluice.daemon.web.Json;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import tools.jackson.databind.JsonNode;

/** What happens to torrents of a daemon comes to the programs and webhooks of its configuration. */
class NoticeEventsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path temp;
  private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(10);

  private HttpServer hook() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          heard.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private NoticeSettings notices(HttpServer hook) {
    URI url = URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + "/hook");
    return new NoticeSettings(
        List.of(
            new NoticeSettings.Program(
                List.of("/usr/bin/touch", temp + "/{event} {category} {name}"),
                Set.of("completed")),
            new NoticeSettings.Program(
                List.of("/usr/bin/touch", temp + "/never"), Set.of("faulted"))),
        List.of(new NoticeSettings.Webhook(url, "a secret", Set.of("completed"))));
  }

  @Test
  void aTorrentThatIsCompleteIsTold() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "film $(x).bin", 100_000);
    HttpServer hook = hook();
    try (TestDaemon daemon =
            new TestDaemon(
                temp.resolve("daemon"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                notices(hook));
        Client seed =
            Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(HERE, 0)))))) {
      var given = seed.add(torrent, AddOptions.into(temp.resolve("source")));
      given.awaitCompletion();
      daemon.json(
          "POST",
          "/api/v1/torrents",
          Json.object()
              .put("file", Base64.getEncoder().encodeToString(torrent))
              .put("category", "films"));
      given
          .offer(List.of(new Endpoint(HERE, daemon.daemon.peerPort())))
          .toCompletableFuture()
          .join();
      String body = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(body).isNotNull();
      JsonNode told = Json.read(body.getBytes(StandardCharsets.UTF_8));
      assertThat(told.path("event").asString()).isEqualTo("completed");
      assertThat(told.path("name").asString()).isEqualTo("film $(x).bin");
      assertThat(told.path("category").asString()).isEqualTo("films");
      TestDaemon.await(
          "the program ran", () -> Files.exists(temp.resolve("completed films film $(x).bin")));
      assertThat(temp.resolve("never")).doesNotExist();
    } finally {
      hook.stop(0);
    }
  }
}
