package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real clients in JavaScript find each other by our tracker: in Node.js and in a browser. */
final class NodeClientsIT {
  private static final String BROWSER = "chromium-headless-shell";

  @TempDir Path work;
  private SluiceTracker tracker;

  @BeforeEach
  void start() {
    tracker = new SluiceTracker(work);
    tracker.start(List.of());
  }

  @AfterEach
  void stop() {
    tracker.close();
  }

  @Test
  void clientsInNodeFindEachOther() {
    Path folder = NodeModules.folder();
    for (String url : List.of(tracker.httpUrl(), tracker.udpUrl())) {
      List<String> command = List.of("node", "announce.js", url);
      try (RealProcess node = RealProcess.start("node", folder, command)) {
        assertThat(node.awaitExit(Patience.STEP)).as(node.toString()).isZero();
        String told = String.join("\n", node.output());
        assertThat(told)
            .contains("\"event\":\"announced\",\"complete\":1")
            .contains("\"event\":\"peer\",\"address\":\"127.0.0.1:6001\"")
            .contains("\"event\":\"scrape\",\"complete\":1,\"incomplete\":1")
            .contains("\"event\":\"stopped\",\"complete\":0,\"incomplete\":1");
      }
    }
  }

  @Test
  void webTorrentInBrowserFindsAndGetsContent() throws IOException {
    Program.need(BROWSER, Program.isOnPath(BROWSER));
    Path folder = NodeModules.folder();
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer pages = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    pages.createContext("/", exchange -> serve(exchange, folder, told));
    pages.start();
    String socket = "ws://127.0.0.1:" + tracker.port() + "/announce";
    String page =
        "http://127.0.0.1:%d/page.html?tracker=%s"
            .formatted(
                pages.getAddress().getPort(), URLEncoder.encode(socket, StandardCharsets.UTF_8));
    List<String> command =
        List.of(
            BROWSER,
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--user-data-dir=" + work.resolve("browser"),
            "--allow-loopback-in-peer-connection",
            "--disable-features=WebRtcHideLocalIpsWithMdns",
            "--remote-debugging-port=0",
            page);
    try (RealProcess browser = RealProcess.start("browser", work, command)) {
      Patience.await(
          "the end",
          Patience.STEP,
          () -> told + " " + browser,
          () -> told.stream().anyMatch(t -> t.equals("done") || t.startsWith("error")));
      assertThat(told).containsExactly("seeding", "done");
    } finally {
      pages.stop(0);
    }
  }

  private static void serve(HttpExchange exchange, Path folder, List<String> told) {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = {};
      if (path.equals("/told")) {
        told.add(URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8));
      } else if (path.equals("/webtorrent.min.js")) {
        exchange.getResponseHeaders().add("Content-Type", "text/javascript");
        body = Files.readAllBytes(folder.resolve("node_modules/webtorrent/dist/webtorrent.min.js"));
      } else if (path.equals("/page.html")) {
        exchange.getResponseHeaders().add("Content-Type", "text/html");
        body = Files.readAllBytes(folder.resolve("page.html"));
      }
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Behind nginx each client is known by its own address. */
  @Test
  void clientsBehindReverseProxyHaveTheirOwnAddresses() throws IOException {
    int port = Patience.freePort();
    Path config = work.resolve("tracker.toml");
    Files.writeString(
        config,
        "http = [\"127.0.0.1:%d\"]\n[http-server]\nproxies = [\"127.0.0.1\"]\n".formatted(port));
    String location =
        "location / { proxy_pass http://127.0.0.1:%d; proxy_set_header X-Forwarded-For"
                .formatted(port)
            + " $proxy_add_x_forwarded_for; }";
    try (RealProcess ours = Sluice.run(work, List.of("tracker", "--config", config.toString()));
        Nginx nginx = Nginx.start(work, work, location)) {
      ours.awaitLine("http", Patience.STEP, line -> line.startsWith("http "));
      String first = announce(nginx, "127.0.0.5", 6005, "");
      assertThat(first).contains("5:peers0:").contains("11:external ip4:\u007f\0\0\u0005");
      // What a client says of itself is before what nginx has seen, and is not believed.
      String second = announce(nginx, "127.0.0.6", 6006, "X-Forwarded-For: 192.0.2.9\r\n");
      assertThat(second).contains("5:peers6:\u007f\0\0\u0005\u0017\u0075");
      String third = announce(nginx, "127.0.0.7", 6007, "");
      assertThat(third).contains("5:peers12:").contains("\u007f\0\0\u0006\u0017\u0076");
      // Nothing has changed that would be seen otherwise: the signal is what makes it read again.
      try (RealProcess kill =
          RealProcess.start("kill", work, List.of("kill", "-HUP", "" + ours.pid()))) {
        assertThat(kill.awaitExit(Patience.STEP)).isZero();
      }
      ours.awaitError("reload", Patience.STEP, line -> line.contains("event=reloaded"));
    }
  }

  private static String announce(Nginx nginx, String from, int port, String header)
      throws IOException {
    String request =
        ("GET /announce?info_hash=%s&peer_id=%s&port=%d&left=5 HTTP/1.1\r\nHost: t\r\n%s"
                + "Connection: close\r\n\r\n")
            .formatted("a".repeat(20), "p".repeat(20), port, header);
    try (java.net.Socket socket = new java.net.Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
      int proxy = java.net.URI.create(nginx.url("/")).getPort();
      socket.connect(new InetSocketAddress("127.0.0.1", proxy));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
