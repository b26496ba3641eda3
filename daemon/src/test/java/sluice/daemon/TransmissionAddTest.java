package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What callers of Transmission's RPC say of torrents that they add. */
class TransmissionAddTest {
  @TempDir Path temp;
  private final List<String> cookies = new CopyOnWriteArrayList<>();

  /** Gives a torrent to those who have the right cookies, and sends the others away. */
  private HttpServer server(byte[] torrent) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String said = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
          cookies.add(said);
          boolean right = said.equals("uid=7; pass=word");
          if (exchange.getRequestURI().getPath().equals("/moved")) {
            exchange.getResponseHeaders().add("Location", "/a");
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.sendResponseHeaders(right ? 200 : 403, right ? torrent.length : -1);
            if (right) {
              exchange.getResponseBody().write(torrent);
            }
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  private static ObjectNode asked(HttpServer server, String path, String said) {
    return Json.object()
        .put("filename", "http://127.0.0.1:" + server.getAddress().getPort() + path)
        .put("cookies", said)
        .put("paused", true);
  }

  private static String result(TestDaemon daemon, ObjectNode arguments) throws Exception {
    return RealClientsTest.told(daemon, "torrent-add", arguments).path("result").asString();
  }

  @Test
  void aServerIsToldTheCookiesAndNobodyElse() throws Exception {
    HttpServer server = server(TestDaemon.torrent(temp.resolve("source"), "a.bin", 100_000));
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      assertThat(result(daemon, asked(server, "/a", ""))).isNotEqualTo("success");
      for (String wrong : List.of("a=b\r\nX-Other: c", "a=\u00e4", "a".repeat(5_000))) {
        assertThat(result(daemon, asked(server, "/a", wrong))).isNotEqualTo("success");
      }
      assertThat(result(daemon, asked(server, "/moved", "uid=7; pass=word")))
          .isNotEqualTo("success");
      assertThat(cookies).containsExactly("null", "uid=7; pass=word");
      assertThat(result(daemon, asked(server, "/a", "uid=7; pass=word"))).isEqualTo("success");
      assertThat(daemon.json("/api/v1/torrents").path("torrents").size()).isEqualTo(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aTorrentHasAsManyPeersAsItsCallerSays() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", 100_000);
    String file = Base64.getEncoder().encodeToString(torrent);
    ObjectNode fields = Json.object();
    fields.putArray("fields").add("peer-limit");
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      ObjectNode wrong = Json.object().put("metainfo", file).put("peer-limit", "many");
      assertThat(result(daemon, wrong)).isNotEqualTo("success");
      assertThat(daemon.json("/api/v1/torrents").path("torrents").size()).isZero();
      for (int limit : new int[] {7, 9}) {
        ObjectNode add = Json.object().put("metainfo", file).put("paused", true);
        assertThat(result(daemon, add.put("peer-limit", limit))).isEqualTo("success");
        JsonNode one =
            RealClientsTest.told(daemon, "torrent-get", fields)
                .path("arguments")
                .path("torrents")
                .path(0);
        assertThat(one.path("peer-limit").asInt()).as("the second is there already").isEqualTo(7);
      }
    }
  }

  private static int priority(TestDaemon daemon) throws Exception {
    ObjectNode fields = Json.object();
    fields.putArray("fields").add("bandwidthPriority");
    return RealClientsTest.told(daemon, "torrent-get", fields)
        .path("arguments")
        .path("torrents")
        .path(0)
        .path("bandwidthPriority")
        .asInt(9);
  }

  /** What it does to rates is shown by the engine's own test. */
  @Test
  void thePriorityOfATorrentIsKept() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "a.bin", 100_000);
    String file = Base64.getEncoder().encodeToString(torrent);
    ObjectNode add = Json.object().put("metainfo", file).put("paused", true);
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      assertThat(result(daemon, add.put("bandwidthPriority", 1))).isEqualTo("success");
      assertThat(priority(daemon)).isEqualTo(1);
      for (int said : new int[] {9, -2, -1}) {
        RealClientsTest.told(
            daemon, "torrent-set", Json.object().put("ids", 1).put("bandwidthPriority", said));
        assertThat(priority(daemon)).isEqualTo(said == -1 ? -1 : 1);
      }
    }
    try (TestDaemon again = new TestDaemon(temp.resolve("daemon"))) {
      assertThat(priority(again)).isEqualTo(-1);
    }
  }
}
