package sluice.tracker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
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
  private static final int NODES = 3;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 5_000_000;
  private static final long RETRY_NANOS = 20_000_000;

  /** So many entries are heard at once, and a few are left. */
  private static final int ENTRIES = 45;

  private static final int ANNOUNCES = 20_000;

  @TempDir static Path folder;

  private static RedisProcess redis;

  @Parameter String server;

  private final List<TrackerCore> cores = new ArrayList<>();
  private final List<ClusterNode> nodes = new ArrayList<>();

  @BeforeParameterizedClassInvocation
  static void startRedis(String server) throws IOException {
    if (!RedisProcess.isInstalled(server)) {
      // Not every machine can have it.
      if (!server.equals(VALKEY)) {
        assertThat(System.getenv("CI")).as(server + " is missing").isNotEqualTo("true");
      }
      abort(server + " is not installed");
    }
    redis = new RedisProcess(server, folder, Optional.empty());
  }

  @AfterParameterizedClassInvocation
  static void stopRedis() throws IOException {
    if (redis != null) {
      redis.close();
      redis = null;
    }
  }

  @BeforeEach
  void start() throws IOException {
    try (RedisLink link = RedisLink.open(redis.shared())) {
      var _ = link.command("FLUSHALL");
    }
    for (int i = 0; i < NODES; i++) {
      join("node " + i, redis.shared());
    }
    await(() -> nodes.stream().allMatch(ClusterNode::isConnected));
  }

  private TrackerCore core() {
    TrackerCore core = new TrackerCore(Rules.DEFAULT, StoreLimits.DEFAULT, Gate.OPEN, cores.size());
    cores.add(core);
    return core;
  }

  private ClusterNode join(String name, TrackerSettings.Cluster shared) {
    ClusterNode node = new ClusterNode(core(), Clock.system(), shared, name, RETRY_NANOS);
    nodes.add(node);
    return node;
  }

  @AfterEach
  void stop() {
    nodes.forEach(ClusterNode::close);
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

  private void awaitAtAll(int seeds, int leeches) {
    for (int i = 0; i < NODES; i++) {
      int node = i;
      await(() -> count(node, seeds, leeches));
    }
  }

  @Test
  void whatIsToldToOneIsKnownToAll() {
    announce(0, 7, false, false);
    announce(1, 8, false, false);
    announce(2, 9, true, false);
    awaitAtAll(1, 2);
    Visit found = announce(1, 8, false, false);
    assertThat(found.peers4() + found.peers6()).isEqualTo(2);
    announce(2, 7, false, true);
    awaitAtAll(1, 1);
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
    awaitAtAll(0, 1);
    Visit done = new Visit().hash(1, 2, 3).ipv4(9, 6001).role(Role.SEED).completed().want(0, false);
    cores.get(1).announce(done, 1, 99, ByteBuffer.allocate(100));
    announce(2, 11, false, false);
    awaitAtAll(1, 1);
    for (int node = 0; node < NODES; node++) {
      Visit seen = new Visit().hash(1, 2, 3);
      cores.get(node).store().scrape(seen);
      assertThat(seen.downloads()).isEqualTo(1);
    }
  }

  @Test
  void whoComesLaterIsToldWhatTheOthersKnow() {
    announce(0, 7, false, false);
    announce(1, 8, false, false);
    join("late", redis.shared());
    await(() -> count(3, 1, 1));
  }

  @Test
  void withoutRedisTheyGoOnAndMeetAgain() throws Exception {
    announce(0, 7, false, false);
    await(() -> count(1, 0, 1) && count(2, 0, 1));
    redis.kill();
    await(() -> nodes.stream().noneMatch(node -> node.state().connected()));
    Visit found = announce(2, 9, false, false);
    assertThat(found.peers4()).isEqualTo(1);
    assertThat(redis.start()).isTrue();
    await(() -> nodes.stream().allMatch(ClusterNode::isConnected));
    await(() -> count(0, 0, 2) && count(1, 0, 2));
    assertThat(nodes).allMatch(node -> node.state().dropped() == 0);
  }

  @Test
  void whoHasAnotherPasswordIsNotLetIn() {
    assertThatThrownBy(() -> RedisLink.open(redis.shared("another", Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("WRONGPASS");
    assertThat(redis.shared().toString()).doesNotContain(RedisProcess.PASSWORD);
  }

  /** Within TLS only who has the certificate of a trusted one is told the password. */
  @Test
  void withinTls() throws Exception {
    SelfSigned trusted = SelfSigned.local(folder);
    try (RedisProcess secure = new RedisProcess(server, folder, Optional.of(trusted))) {
      ClusterNode node = join("within", secure.shared());
      await(node::isConnected);
      Optional<Path> wrong = Optional.of(somebodyElse());
      assertThatThrownBy(() -> RedisLink.open(secure.shared(RedisProcess.PASSWORD, wrong)))
          .isInstanceOf(IOException.class);
    }
  }

  /** The certificate of one of those that this JVM trusts, in PEM. */
  private static Path somebodyElse() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    X509TrustManager trusts = (X509TrustManager) factory.getTrustManagers()[0];
    String base64 =
        Base64.getMimeEncoder().encodeToString(trusts.getAcceptedIssuers()[0].getEncoded());
    return Files.writeString(
        folder.resolve("another.pem"),
        "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  /** A tracker that is moved by hand: its stream, and what it is told of. */
  private AnnounceStream stream(String name) {
    TrackerCore core = core();
    Outbox outbox = new Outbox(4 << 20);
    core.tell(outbox::add);
    return new AnnounceStream(core, Clock.system(), name, outbox);
  }

  /**
   * However much was announced: it is known at all after two turns of each, and there are ten of
   * them in a second.
   */
  @Test
  void twoTurnsOfEachAreEnough() throws IOException {
    int first = cores.size();
    List<AnnounceStream> streams = List.of(stream("ann"), stream("bob"), stream("eve"));
    for (int peer = 0; peer < NODES * ANNOUNCES; peer++) {
      Visit visit = new Visit().hash(peer / 10, 2, 3).ipv4(peer, 6001).want(0, false);
      cores.get(first + peer % NODES).announce(visit, 1, 99, ByteBuffer.allocate(100));
    }
    try (RedisLink link = RedisLink.open(redis.shared())) {
      for (AnnounceStream stream : streams) {
        assertThat(stream.turn(link, true)).as("more to hear").isFalse();
      }
      for (int i = 0; i < NODES; i++) {
        assertThat(streams.get(i).turn(link, true)).as("more to hear").isFalse();
        assertThat(streams.get(i).behindMillis()).isZero();
        assertThat(cores.get(first + i).store().counts().peers()).isEqualTo(NODES * ANNOUNCES);
      }
    }
  }

  @Test
  void whoIsBehindHearsTheRestAtOnce() throws IOException {
    int first = cores.size();
    AnnounceStream ann = stream("ann");
    AnnounceStream bob = stream("bob");
    try (RedisLink link = RedisLink.open(redis.shared())) {
      for (int peer = 0; peer < ENTRIES; peer++) {
        announce(first, peer, false, false);
        ann.turn(link, true);
      }
      bob.resume(link);
      assertThat(bob.turn(link, false)).isTrue();
      assertThat(cores.get(first + 1).store().counts().peers()).isLessThan(ENTRIES);
      assertThat(bob.turn(link, false)).isTrue();
      assertThat(bob.turn(link, false)).isFalse();
      assertThat(bob.behindMillis()).isZero();
      assertThat(cores.get(first + 1).store().counts().peers()).isEqualTo(ENTRIES);
    }
  }
}
