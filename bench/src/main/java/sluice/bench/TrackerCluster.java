package sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Three trackers that share their swarms by a Redis, all on the first processor, under one load:
 * how many announces they take, what Redis has to do for them, and when all know all.
 */
final class TrackerCluster {
  private static final int REDIS_PORT = 27_979;
  private static final List<Integer> PORTS = List.of(27_971, 27_972, 27_973);
  private static final String WINDOW = "32";
  private static final String SHARED =
      """
      [cluster]
      redis = "127.0.0.1:%d"
      secret = "the same at all of them"
      """
          .formatted(REDIS_PORT);
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int LOOK_MILLIS = 20;

  private static final Pattern CALLS =
      Pattern.compile("cmdstat_(?:xadd|xread|xrevrange):calls=(\\d+)");
  private static final String PEERS = "sluice_tracker_peers{family=\"ipv4\"}";

  private final TrackerMain bench;
  private final TrackerPrograms programs;
  private final List<Subject> trackers = new ArrayList<>();

  TrackerCluster(TrackerMain bench, TrackerPrograms programs) {
    this.bench = bench;
    this.programs = programs;
  }

  /** Measures, and says what is no figure of the table. */
  String run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", "redis-server"));
    command.addAll(List.of("--port", "" + REDIS_PORT, "--bind", "127.0.0.1", "--save", ""));
    try (Subject redis = Subject.start("redis", command, programs.log())) {
      TrackerPrograms.awaitListening(REDIS_PORT);
      try {
        return measure(redis);
      } finally {
        trackers.forEach(Subject::close);
      }
    }
  }

  private String measure(Subject redis) throws IOException, InterruptedException {
    List<String> ports = new ArrayList<>();
    for (int port : PORTS) {
      List<String> server = programs.sluice(port, programs.pauses(), SHARED);
      trackers.add(Subject.start("tracker " + port, server, programs.log()));
      TrackerPrograms.awaitListening(port);
      ports.add("" + port);
    }
    List<String> command = bench.udpLoad(String.join(",", ports), "announce", WINDOW);
    StringBuilder text = new StringBuilder();
    int probes = 0;
    for (int port : PORTS) {
      // The first page costs more than all that follow.
      TrackerTalk.metrics(port);
    }
    try (Subject load = Subject.start("load", command, programs.log())) {
      for (String name : List.of("cluster, filling", "cluster, 512 under way")) {
        load.await("measuring");
        long calls = calls();
        double redisBefore = redis.usage().cpuSeconds();
        double before = cpu();
        TrackerProbe probe = new TrackerProbe(PORTS, probes == 0 ? "p0" : "p1");
        Subject.Event result;
        try (probe) {
          result = load.await("measured");
        }
        double redisSeconds = redis.usage().cpuSeconds() - redisBefore;
        Usage used = new Usage(cpu() - before + redisSeconds, peak());
        bench.add("sluice", name, result, used, 0);
        probes += probe.peers();
        text.append(
            String.format(
                Locale.ROOT,
                "* %s: %.4f commands of Redis and %.2f µs of its processor for an announce%n",
                name,
                (calls() - calls) / result.number("answers"),
                redisSeconds * 1e6 / result.number("answers")));
        text.append("* " + name + ": " + probe.told() + "\n");
      }
    }
    text.append(known(bench.peers() + probes));
    return text.toString().strip();
  }

  /** When all trackers know all {@code peers}. */
  private static String known(int peers) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      List<Long> known = new ArrayList<>();
      for (int port : PORTS) {
        known.add(TrackerTalk.figure(TrackerTalk.metrics(port), PEERS));
      }
      double millis = (System.nanoTime() - begin) / 1e6;
      if (known.stream().allMatch(n -> n == peers)) {
        return String.format(
            Locale.ROOT,
            "* cluster: all peers known at all, seen %.0f ms after the load%n",
            millis);
      }
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        return "* cluster: MISSED, after 30 s " + known + " of " + peers + " are known\n";
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private double cpu() {
    return trackers.stream().mapToDouble(t -> t.usage().cpuSeconds()).sum();
  }

  private long peak() {
    return trackers.stream().mapToLong(t -> t.usage().peakMib()).max().orElse(0);
  }

  private static long calls() throws IOException {
    String stats = TrackerTalk.ask(REDIS_PORT, "INFO commandstats\r\nQUIT\r\n");
    Matcher matcher = CALLS.matcher(stats);
    long sum = 0;
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1));
    }
    return sum;
  }
}
