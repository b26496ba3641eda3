package sluice.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.TorrentHandle;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.storage.hashing.TorrentMaker;
import sluice.tracker.Tracker;

/** Runs each example against a second client on loopback. */
class ExamplesTest {
  private static final long SEED = 5;
  private static final int SIZE = 1_500_000;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path temp;
  private Path source;
  private Path data;

  @BeforeEach
  void makeData() throws Exception {
    byte[] bytes = new byte[SIZE];
    new Random(SEED).nextBytes(bytes);
    source = Files.createDirectories(temp.resolve("source"));
    data = Files.write(source.resolve("a.bin"), bytes);
  }

  private static ClientConfig config() {
    return ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(LOOPBACK, 0))));
  }

  private byte[] torrent(List<List<String>> trackers) throws Exception {
    return TorrentMaker.make(data, options -> options.trackers(trackers), (done, total) -> {})
        .bytes();
  }

  private Client seed(byte[] torrent) throws Exception {
    Client seed = Client.open(config());
    seed.add(torrent, AddOptions.into(source).withoutTrackers()).awaitCompletion();
    return seed;
  }

  @Test
  void embeddedTracker() throws Exception {
    try (Tracker tracker = EmbeddedTracker.start();
        Client seed = Client.open(config());
        Client leech = Client.open(config())) {
      byte[] torrent = torrent(List.of(List.of(EmbeddedTracker.announceUrl(tracker))));
      seed.add(torrent, AddOptions.into(source)).awaitCompletion();
      leech.add(torrent, AddOptions.into(temp.resolve("got"))).awaitCompletion();
      assertThat(temp.resolve("got/a.bin")).hasSameBinaryContentAs(data);
      // A hybrid torrent has two hashes, each with both peers.
      assertThat(EmbeddedTracker.peers(tracker)).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void helloDownload() throws Exception {
    HttpServer tracker = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    String url = "http://127.0.0.1:" + tracker.getAddress().getPort() + "/announce";
    byte[] torrent = torrent(List.of(List.of(url)));
    try (Client seed = seed(torrent)) {
      tracker.createContext(
          "/announce",
          exchange -> {
            byte[] answer = answer(seed.port());
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      tracker.start();
      Path file = Files.write(temp.resolve("a.torrent"), torrent);
      HelloDownload.download(file, temp.resolve("copy"));
    } finally {
      tracker.stop(0);
    }
    assertThat(temp.resolve("copy/a.bin")).hasSameBinaryContentAs(data);
  }

  /** One peer in the compact form of BEP 23. */
  private static byte[] answer(int port) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes("d8:intervali60e5:peers6:".getBytes(US_ASCII));
    answer.writeBytes(new byte[] {127, 0, 0, 1, (byte) (port >> 8), (byte) port});
    answer.write('e');
    return answer.toByteArray();
  }

  @Test
  void seedFolder() throws Exception {
    Path file = temp.resolve("source.torrent");
    try (Client seed = Client.open(config());
        Client leech = Client.open(config())) {
      TorrentHandle seeded = SeedFolder.seed(seed, source, file);
      assertThat(seed.torrents()).extracting(TorrentHandle::hashes).containsOnly(seeded.hashes());
      leech
          .add(
              Files.readAllBytes(file),
              AddOptions.into(temp.resolve("copy"))
                  .peers(List.of(new HostPort("127.0.0.1", seed.port()))))
          .awaitCompletion();
    }
    assertThat(temp.resolve("copy/source/a.bin")).hasSameBinaryContentAs(data);
  }

  @Test
  void customStorage() throws Exception {
    byte[] torrent = torrent(List.of());
    try (Client seed = seed(torrent);
        Client leech = Client.open(config())) {
      byte[] got =
          CustomStorage.download(leech, torrent, List.of(new HostPort("127.0.0.1", seed.port())));
      assertThat(got).isEqualTo(Files.readAllBytes(data));
    }
  }

  @Test
  void whatIsInMemoryIsServed() throws Exception {
    byte[] torrent = torrent(List.of());
    try (Client middle = Client.open(config());
        Client last = Client.open(config())) {
      try (Client seed = seed(torrent)) {
        CustomStorage.download(middle, torrent, List.of(new HostPort("127.0.0.1", seed.port())));
      }
      AddOptions options = AddOptions.into(temp.resolve("copy"));
      last.add(torrent, options.peers(List.of(new HostPort("127.0.0.1", middle.port()))))
          .awaitCompletion();
    }
    assertThat(temp.resolve("copy/a.bin")).hasSameBinaryContentAs(data);
  }

  @Test
  void streamFile() throws Exception {
    byte[] torrent = torrent(List.of());
    ByteArrayOutputStream player = new ByteArrayOutputStream();
    int from = SIZE / 2;
    try (Client seed = seed(torrent);
        Client leech = Client.open(config())) {
      AddOptions options =
          AddOptions.into(temp.resolve("copy"))
              .peers(List.of(new HostPort("127.0.0.1", seed.port())));
      StreamFile.play(leech.add(torrent, options), from, player);
    }
    byte[] all = Files.readAllBytes(data);
    assertThat(player.toByteArray()).isEqualTo(Arrays.copyOfRange(all, from, SIZE));
  }

  @Test
  void customPeerSource() throws Exception {
    byte[] torrent = torrent(List.of());
    Path file = Files.write(temp.resolve("a.torrent"), torrent);
    try (Client seed = seed(torrent);
        Client leech = Client.open(config())) {
      Endpoint known = new Endpoint(LOOPBACK, seed.port());
      CustomPeerSource.download(leech, file, temp.resolve("copy"), () -> List.of(known));
    }
    assertThat(temp.resolve("copy/a.bin")).hasSameBinaryContentAs(data);
  }
}
