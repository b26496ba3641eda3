package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.storage.hashing.TorrentMaker;

/**
 * A daemon ends soon, whatever the number of its torrents and whoever does not answer. The number
 * is the system property {@code sluice.daemon.torrents}.
 */
class StopTest {
  private static final int TORRENTS = Integer.getInteger("sluice.daemon.torrents", 20);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final byte[] REPLY =
      "d8:intervali1800e5:peers0:e".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;

  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final CountDownLatch over = new CountDownLatch(1);

  /** A tracker that answers, but not to goodbyes of every second torrent. */
  private HttpServer tracker(ExecutorService threads) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.createContext(
        "/announce",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          String hash = query.replaceFirst(".*info_hash=([^&]*).*", "$1");
          if (!query.contains("event=stopped")) {
            begun.add(hash);
          } else if (ended.add(hash) && ended.size() % 2 == 0) {
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.sendResponseHeaders(200, REPLY.length);
          exchange.getResponseBody().write(REPLY);
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
    return server;
  }

  private void add(TestDaemon daemon, Path data, int number, String url) throws Exception {
    byte[] bytes = ("torrent " + number).repeat(1_000).getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(data.resolve("file" + number), bytes);
    byte[] torrent =
        TorrentMaker.make(
                file,
                options ->
                    options
                        .version(Version.V1)
                        .pieceLength(1 << 14)
                        .trackers(List.of(List.of(url))),
                (done, total) -> {})
            .bytes();
    daemon.daemon.client().add(torrent, AddOptions.into(data)).awaitCompletion();
  }

  @Test
  void itSaysGoodbyeToTrackersAndDoesNotWaitForThoseThatAreSilent() throws Exception {
    Path data = Files.createDirectories(temp.resolve("data"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpServer tracker = tracker(threads);
      String url = "http://127.0.0.1:" + tracker.getAddress().getPort() + "/announce";
      try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
        for (int i = 0; i < TORRENTS; i++) {
          add(daemon, data, i, url);
        }
        TestDaemon.await("announced", () -> begun.size() == TORRENTS);
        long begin = System.nanoTime();
        daemon.daemon.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(took).as("to stop %s torrents", TORRENTS).isLessThan(LIMIT);
        assertThat(ended).isNotEmpty();
      } finally {
        over.countDown();
        tracker.stop(0);
      }
    }
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"))) {
      assertThat(daemon.daemon.client().snapshot())
          .hasSize(TORRENTS)
          .allMatch(torrent -> torrent.havePieces() == torrent.pieces());
    }
  }
}
