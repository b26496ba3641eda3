package sluice.tracker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.testkit.SelfSigned;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.Role;
import sluice.tracker.swarm.StoreLimits;
import sluice.tracker.swarm.Visit;

/** Three trackers on one real Redis, and on one real Valkey. */
@ParameterizedClass
@ValueSource(strings = {"redis-server", ClusterNodeTest.VALKEY})
final class ClusterNodeTest {
  static final String VALKEY = "valkey-server";
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 20_000_000;

  private static final String PASSWORD = "known to the trackers";

  @Parameter String server;

  @TempDir Path folder;

  private int port;
  private Process redis;
  private final List<TrackerCore> cores = new ArrayList<>();
  private final List<ClusterNode> nodes = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, server)));
    if (!installed) {
      // Not every machine can have it.
      if (!server.equals(VALKEY)) {
        assertThat(System.getenv("CI")).as(server + " is missing").isNotEqualTo("true");
      }
      abort(server + " is not installed");
    }
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    startRedis();
    for (int i = 0; i < 3; i++) {
      TrackerCore core = new TrackerCore(Rules.DEFAULT, StoreLimits.DEFAULT, Gate.OPEN, i);
      cores.add(core);
      nodes.add(new ClusterNode(core, Clock.system(), shared(PASSWORD), "node " + i));
    }
    await(() -> nodes.stream().allMatch(ClusterNode::isConnected));
  }

  private TrackerSettings.Cluster shared(String password) {
    return new TrackerSettings.Cluster(
        new InetSocketAddress("127.0.0.1", port), "secret", password, Optional.empty());
  }

  private void startRedis() throws IOException {
    startRedis("--port", "" + port);
  }

  private void startRedis(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(server, "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--requirepass", PASSWORD));
    command.addAll(List.of(options));
    redis =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    nodes.forEach(ClusterNode::close);
    if (redis != null) {
      redis.destroyForcibly().waitFor();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("in time").isNegative();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private Visit announce(int node, int peer, boolean ipv6, boolean stopped) {
    Visit visit = new Visit().hash(1, 2, 3);
    if (ipv6) {
      visit.ipv6(5, peer, 6001);
    } else {
      visit.ipv4(peer, 6001);
    }
    visit.role(peer % 2 == 0 ? Role.SEED : Role.DOWNLOADER).want(50, true);
    if (stopped) {
      visit.stopped();
    }
    cores.get(node).announce(visit, 1, 99, ByteBuffer.allocate(2_000));
    return visit;
  }

  private boolean count(int node, int seeds, int leeches) {
    Visit visit = new Visit().hash(1, 2, 3);
    cores.get(node).store().scrape(visit);
    return visit.seeds() == seeds && visit.leeches() == leeches;
  }

  @Test
  void whatIsToldToOneIsKnownToAll() {
    announce(0, 7, false, false);
    announce(1, 8, false, false);
    announce(2, 9, true, false);
    for (int node = 0; node < 3; node++) {
      int which = node;
      await(() -> count(which, 1, 2));
    }
    Visit found = announce(1, 8, false, false);
    assertThat(found.peers4() + found.peers6()).isEqualTo(2);
    announce(2, 7, false, true);
    for (int node = 0; node < 3; node++) {
      int which = node;
      await(() -> count(which, 1, 1));
    }
  }

  /** The same peer at two trackers at once: in the end all know the same of it. */
  @Test
  void allEndWithTheSame() {
    for (int round = 0; round < 20; round++) {
      announce(round % 3, 7, false, false);
      announce((round + 1) % 3, 7, false, round % 2 == 0);
    }
    announce(0, 8, false, false);
    await(() -> count(0, 1, 1) && count(1, 1, 1) && count(2, 1, 1));
  }

  @Test
  void completionsAreCountedOnceAtEach() {
    announce(0, 9, false, false);
    await(() -> count(0, 0, 1) && count(1, 0, 1) && count(2, 0, 1));
    Visit done = new Visit().hash(1, 2, 3).ipv4(9, 6001).role(Role.SEED).completed().want(0, false);
    cores.get(1).announce(done, 1, 99, ByteBuffer.allocate(100));
    announce(2, 11, false, false);
    for (int node = 0; node < 3; node++) {
      int which = node;
      await(() -> count(which, 1, 1));
      Visit seen = new Visit().hash(1, 2, 3);
      cores.get(node).store().scrape(seen);
      assertThat(seen.downloads()).isEqualTo(1);
    }
  }

  @Test
  void whoComesLaterIsToldWhatTheOthersKnow() {
    announce(0, 7, false, false);
    announce(1, 8, false, false);
    TrackerCore core = new TrackerCore(Rules.DEFAULT, StoreLimits.DEFAULT, Gate.OPEN, 9);
    cores.add(core);
    nodes.add(new ClusterNode(core, Clock.system(), shared(PASSWORD), "late"));
    await(() -> count(3, 1, 1));
  }

  @Test
  void withoutRedisTheyGoOnAndMeetAgain() throws Exception {
    announce(0, 7, false, false);
    await(() -> count(1, 0, 1) && count(2, 0, 1));
    redis.destroyForcibly().waitFor();
    await(() -> nodes.stream().noneMatch(ClusterNode::isConnected));
    Visit found = announce(2, 9, false, false);
    assertThat(found.peers4()).isEqualTo(1);
    startRedis();
    await(() -> nodes.stream().allMatch(ClusterNode::isConnected));
    await(() -> count(0, 0, 2) && count(1, 0, 2));
  }

  @Test
  void whoHasAnotherPasswordIsNotLetIn() {
    assertThatThrownBy(() -> RedisLink.open(shared("another")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("WRONGPASS");
    assertThat(shared(PASSWORD).toString()).doesNotContain(PASSWORD);
  }

  /** Within TLS only who has the certificate of a trusted one is told the password. */
  @Test
  void withinTls() throws Exception {
    SelfSigned trusted = SelfSigned.local(folder);
    redis.destroyForcibly().waitFor();
    startRedis(
        "--port",
        "0",
        "--tls-port",
        "" + port,
        "--tls-auth-clients",
        "no",
        "--tls-cert-file",
        trusted.certificate().toString(),
        "--tls-key-file",
        trusted.key().toString());
    TrackerCore core = new TrackerCore(Rules.DEFAULT, StoreLimits.DEFAULT, Gate.OPEN, 9);
    cores.add(core);
    ClusterNode node =
        new ClusterNode(core, Clock.system(), within(trusted.certificate()), "within");
    nodes.add(node);
    await(node::isConnected);
    SelfSigned another = SelfSigned.local(folder);
    assertThatThrownBy(() -> RedisLink.open(within(another.certificate())))
        .isInstanceOf(IOException.class);
  }

  private TrackerSettings.Cluster within(Path certificates) {
    return new TrackerSettings.Cluster(
        new InetSocketAddress("127.0.0.1", port), "secret", PASSWORD, Optional.of(certificates));
  }
}
