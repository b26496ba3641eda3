package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.MetainfoBuilder.Version;

/** What is left of two clients after they have been closed. */
class ClosingTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path temp;

  @Test
  void noThreadNoFileAndNoPortIsLeft() throws Exception {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "this system does not list open files");
    TestTorrent torrent =
        TestTorrent.random(temp.resolve("source"), "a.bin", 2_000_000, 13, Version.HYBRID);
    // Once before anything is counted, so that what lives as long as the program is there.
    download(torrent, "first");
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    long sockets = sockets();
    List<Integer> ports = download(torrent, "second");
    for (Thread thread : started(threads)) {
      thread.join(Duration.ofSeconds(30));
    }
    assertThat(started(threads)).isEmpty();
    String folder = temp.toRealPath().toString();
    assertThat(openFiles()).noneMatch(file -> file.startsWith(folder));
    assertThat(sockets()).isLessThanOrEqualTo(sockets);
    for (int port : ports) {
      try (ServerSocket free = new ServerSocket(port, 1, LOOPBACK)) {
        assertThat(free.isBound()).isTrue();
      }
    }
  }

  /** Everything that a client does, in two of them; tells the ports that they had. */
  private List<Integer> download(TestTorrent torrent, String name) throws Exception {
    ClientConfig config =
        ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(LOOPBACK, 0))));
    try (Client seed = Client.open(config);
        Client leech = Client.open(config.keep(temp.resolve(name + "-state")));
        EventStream events = leech.events()) {
      seed.add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
          .awaitCompletion();
      AddOptions options = AddOptions.into(temp.resolve(name)).withoutTrackers();
      leech
          .add(
              torrent.magnet(false), options.peers(List.of(new HostPort("127.0.0.1", seed.port()))))
          .awaitCompletion();
      assertThat(events.lost()).isZero();
      assertThat(openFiles()).anyMatch(file -> file.contains(name));
      return List.of(seed.port(), leech.port());
    }
  }

  /** Threads that were not there {@code before}, but for those that the JDK keeps for itself. */
  private static Set<Thread> started(Set<Thread> before) {
    Set<Thread> all = new HashSet<>(Thread.getAllStackTraces().keySet());
    all.removeAll(before);
    all.removeIf(t -> !t.isAlive() || t.getName().matches("(ForkJoinPool|VirtualThread).*"));
    return all;
  }

  private static long sockets() throws IOException {
    return openFiles().stream().filter(file -> file.startsWith("socket:")).count();
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.flatMap(ClosingTest::target).toList();
    }
  }

  private static Stream<String> target(Path descriptor) {
    try {
      return Stream.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException closedMeanwhile) {
      return Stream.of();
    }
  }
}
