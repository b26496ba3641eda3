package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real trackers on one real Redis, whose processes are killed. */
final class ClusterIT {
  private static final int TRACKERS = 3;
  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir Path work;

  private final int redisPort = Patience.freePort();
  private final List<RealProcess> trackers = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private RealProcess redis;

  private void startRedis() {
    redis =
        RealProcess.start(
            "redis",
            work,
            List.of("redis-server", "--port", "" + redisPort, "--bind", "127.0.0.1", "--save", ""));
    Patience.awaitListening(redisPort, redis);
  }

  private RealProcess startTracker(int port) {
    Path config = work.resolve("tracker" + port + ".toml");
    try {
      Files.writeString(
          config,
          "http = [\"127.0.0.1:%d\"]\n[cluster]\nredis = \"127.0.0.1:%d\"\nsecret = \"%s\"\n"
              .formatted(port, redisPort, "s".repeat(16)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sluice.run(work, List.of("tracker", "--config", config.toString()));
  }

  private void awaitTracker(int number) {
    String line = "http 127.0.0.1:" + ports.get(number);
    trackers.get(number).awaitLine("http", Patience.STEP, line::equals);
  }

  @AfterEach
  void stop() {
    trackers.forEach(RealProcess::close);
    if (redis != null) {
      redis.close();
    }
  }

  private static void kill(RealProcess process) {
    ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
    process.close();
  }

  /** Announces peer {@code peer} of torrent {@code torrent}; gives how many peers were told. */
  private int announce(int tracker, char torrent, int peer) {
    String reply =
        Rpc.fetch(
            "http://127.0.0.1:%d/announce?info_hash=%s&peer_id=%s&port=%d&left=5"
                .formatted(
                    ports.get(tracker), ("" + torrent).repeat(20), "p".repeat(20), 6_000 + peer));
    int at = reply.indexOf("5:peers");
    assertThat(at).as(reply).isPositive();
    return Integer.parseInt(reply.substring(at + 7, reply.indexOf(':', at + 7))) / 6;
  }

  /** How many peers {@code tracker} counts in {@code torrent}. */
  private int count(int tracker, char torrent) {
    String reply =
        Rpc.fetch(
            "http://127.0.0.1:%d/scrape?info_hash=%s"
                .formatted(ports.get(tracker), ("" + torrent).repeat(20)));
    int at = reply.indexOf("10:incompletei");
    return at < 0 ? 0 : Integer.parseInt(reply.substring(at + 14, reply.indexOf('e', at + 14)));
  }

  private void awaitCount(int tracker, char torrent, int peers) {
    Patience.await(
        "tracker " + tracker + " counts " + peers,
        Patience.STEP,
        () -> count(tracker, torrent),
        () -> count(tracker, torrent) == peers);
  }

  @Test
  void peersAreFoundAtAllAndLittleIsLostByKills() {
    startRedis();
    for (int i = 0; i < TRACKERS; i++) {
      ports.add(Patience.freePort());
      trackers.add(startTracker(ports.get(i)));
    }
    for (int i = 0; i < TRACKERS; i++) {
      awaitTracker(i);
    }
    // A connection to Redis may take a moment: what is announced before waits for it.
    announce(0, 'a', 1);
    for (int i = 0; i < TRACKERS; i++) {
      awaitCount(i, 'a', 1);
    }
    foundSoon();

    kill(trackers.get(1));
    assertThat(announce(0, 'c', 1)).isZero();
    awaitCount(2, 'c', 1);
    trackers.set(1, startTracker(ports.get(1)));
    awaitTracker(1);
    awaitCount(1, 'a', 1);
    awaitCount(1, 'c', 1);

    kill(redis);
    assertThat(announce(2, 'c', 2)).as("answered without Redis").isEqualTo(1);
    startRedis();
    announce(1, 'c', 3);
    for (int i = 0; i < TRACKERS; i++) {
      awaitCount(i, 'c', 3);
    }
  }

  /** A stranger's load may delay some tries, not all. */
  private void foundSoon() {
    List<Duration> took = new ArrayList<>();
    for (int peer = 0; peer < 20 && took.stream().noneMatch(d -> d.compareTo(SOON) < 0); peer++) {
      long begin = System.nanoTime();
      announce(peer % TRACKERS, 'b', peer);
      for (int i = 0; i < TRACKERS; i++) {
        awaitCount(i, 'b', peer + 1);
      }
      took.add(Duration.ofNanos(System.nanoTime() - begin));
    }
    assertThat(took).anyMatch(duration -> duration.compareTo(SOON) < 0);
  }
}
