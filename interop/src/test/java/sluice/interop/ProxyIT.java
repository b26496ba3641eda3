package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.protocol.address.Endpoint;
import sluice.transport.Transport;

/**
 * Downloads through proxies that others have written: Dante, which tells what it has carried, and
 * microsocks, which wants a login.
 */
final class ProxyIT {
  private static final long BYTES = 3 << 20;
  private static final String DANTE =
      """
      logoutput: stderr
      internal: 127.0.0.1 port = %d
      external: lo
      clientmethod: none
      socksmethod: none
      client pass {
        from: 127.0.0.0/8 to: 0.0.0.0/0
      }
      socks pass {
        from: 127.0.0.0/8 to: 0.0.0.0/0
        log: connect
      }
      """;

  @TempDir Path work;

  @Test
  void danteCarriesStreams() throws IOException {
    throughDante(
        Scene.ofFile(work, BYTES, 65_536, Found.BY_NAME), "tcp/connect", List.of(), "--no-utp");
  }

  @Test
  void danteCarriesDatagrams() throws IOException {
    try (Transport transport = Transport.open()) {
      String node = "127.0.0.1:" + node(transport);
      List<String> ping = List.of("dht", "ping", node, "--dht-node", node, "--anonymous");
      Scene scene = Scene.ofFile(work, BYTES, 65_536, Found.BY_NAME).byUtp();
      throughDante(scene, "udp/udpassociate", ping, "--no-tcp");
    }
  }

  /** The torrent file comes through it, too. */
  @Test
  void microsocksCarriesWhoHasTheLogin() throws IOException {
    Program.need("microsocks", Program.isOnPath("microsocks"));
    int port = Patience.freePort();
    List<String> command = new ArrayList<>(List.of("microsocks", "-i", "127.0.0.1"));
    command.addAll(List.of("-p", Integer.toString(port), "-u", "anna", "-P", "s:ecret"));
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (Scene scene = Scene.ofFile(work, BYTES, 65_536, Found.BY_NAME);
        RealProcess proxy = RealProcess.start("microsocks", work, command)) {
      byte[] torrent = Files.readAllBytes(scene.torrent());
      web.createContext(
          "/scene.torrent",
          exchange -> {
            try (exchange) {
              exchange.sendResponseHeaders(200, torrent.length);
              exchange.getResponseBody().write(torrent);
            }
          });
      web.start();
      String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/scene.torrent";
      String seed = "127.0.0.1:" + scene.seed(Program.SLUICE).port();
      Patience.awaitListening(port, proxy);
      String at = "@127.0.0.1:" + port;
      List<String> get = new ArrayList<>(List.of("get", url, "--peer", seed, "--anonymous"));
      get.addAll(List.of("--json", "--no-dht", "--no-tracker", "--no-utp", "--proxy"));
      try (RealProcess right = get(scene, "right", get, "socks5://anna:s%3Aecret" + at);
          RealProcess wrong = get(scene, "wrong", get, "socks5://anna:secret" + at)) {
        assertThat(right.awaitExit(Patience.STEP)).as("%s %s", right, proxy).isZero();
        assertThat(wrong.awaitExit(Patience.STEP)).as("%s %s", wrong, proxy).isPositive();
      }
      scene.assertSame(scene.folder("right"), Program.SLUICE);
    } finally {
      web.stop(0);
    }
  }

  private RealProcess get(Scene scene, String folder, List<String> get, String proxy) {
    List<String> all = new ArrayList<>(get);
    all.addAll(List.of(proxy, "--dir", scene.folder(folder).toString()));
    return Sluice.run(work, all);
  }

  /** A node of the DHT in this process. */
  private static int node(Transport transport) {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    transport
        .loop()
        .execute(() -> {
          Dht dht =
              Dht.alone(
                  transport.loop(),
                  transport.net(),
                  transport.resolver(),
                  transport.entropy(),
                  DhtConfig.with(List.of()));
          dht.start(new Endpoint(InetAddress.getLoopbackAddress(), 0));
          dht.whenBound(false, () -> port.complete(dht.port(false)));
        });
    return port.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private void throughDante(Scene open, String logged, List<String> question, String flag)
      throws IOException {
    Program.need("danted", Program.isOnPath("danted"));
    int port = Patience.freePort();
    Path config = work.resolve("danted.conf");
    Files.writeString(config, DANTE.formatted(port));
    try (Scene scene = open) {
      String seed = "127.0.0.1:" + scene.seed(Program.SLUICE).port();
      try (RealProcess proxy =
          RealProcess.start("danted", work, List.of("danted", "-f", config.toString()))) {
        Patience.awaitListening(port, proxy);
        String url = "socks5://127.0.0.1:" + port;
        download(scene, "target", List.of("--peer", seed, "--proxy", url, "--anonymous", flag));
        List<String> asked = new ArrayList<>(question);
        asked.addAll(List.of("--proxy", url));
        if (!question.isEmpty()) {
          try (RealProcess process = Sluice.run(work, asked)) {
            assertThat(process.awaitExit(Patience.STEP)).as("%s %s", process, proxy).isZero();
          }
        }
        proxy.awaitError("its log", Patience.STEP, line -> line.contains(logged));
      }
    }
  }

  private void download(Scene scene, String name, List<String> more) {
    Path target = scene.folder(name);
    List<String> arguments =
        new ArrayList<>(List.of("get", scene.torrent().toString(), "--dir", target.toString()));
    arguments.addAll(List.of("--json", "--no-dht", "--no-tracker"));
    arguments.addAll(more);
    try (RealProcess get = Sluice.run(work, arguments)) {
      assertThat(get.awaitExit(Patience.STEP)).as("%s", get).isZero();
    }
    scene.assertSame(target, Program.SLUICE);
  }
}
