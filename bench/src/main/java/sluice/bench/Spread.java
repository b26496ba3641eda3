package sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a swarm got what one seed had.
 *
 * @param firstSeconds from the seed's readiness to the first complete leecher
 * @param lastSeconds from the seed's readiness to the last complete leecher
 * @param uploadedBytes payload that the seed sent
 * @param cpuSeconds what all processes used from the seed's readiness on
 */
record Spread(double firstSeconds, double lastSeconds, double uploadedBytes, double cpuSeconds) {

  /** Runs one seed that sends {@code rate} bytes per second, and leechers that know each other. */
  static Spread run(Contender who, Stage stage, int leechers, long rate) {
    Path target = stage.freshTarget();
    List<Subject> swarm = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < leechers; i++) {
        Subject leecher =
            Subject.start(who + " leecher " + i, get(who, stage, target, i, ports), stage.log());
        swarm.add(leecher);
        ports.add((int) leecher.await("listening").number("port"));
      }
      List<String> command = who.seed(stage.root(), stage.torrent(), stage.data(), Carrier.PLAIN);
      command.addAll(List.of("--up", Long.toString(rate)));
      ports.forEach(port -> command.addAll(List.of("--peer", "127.0.0.1:" + port)));
      try (Subject seed = Subject.start(who + " seed", command, stage.log())) {
        Subject.Event ready = seed.await(who == Contender.SLUICE ? "seeding" : "complete");
        double before = cpu(swarm) + seed.usage().cpuSeconds();
        double first = Double.MAX_VALUE;
        double last = 0;
        for (Subject leecher : swarm) {
          double seconds = (leecher.await("complete").atNanos() - ready.atNanos()) / 1e9;
          first = Math.min(first, seconds);
          last = Math.max(last, seconds);
        }
        double after = cpu(swarm) + seed.usage().cpuSeconds();
        return new Spread(first, last, seed.latest("progress", "uploaded"), after - before);
      }
    } finally {
      swarm.forEach(Subject::close);
      stage.removeTarget();
    }
  }

  private static List<String> get(
      Contender who, Stage stage, Path target, int number, List<Integer> peers) {
    Path folder = target.resolve("leecher" + number);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return who.get(stage.root(), stage.torrent(), folder, Carrier.PLAIN, peers);
  }

  private static double cpu(List<Subject> swarm) {
    return swarm.stream().mapToDouble(s -> s.usage().cpuSeconds()).sum();
  }
}
