package sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The program {@code bench/flood}: {@code ROOT ROUNDS MIB DATAGRAMS_PER_SECOND}. Downloads while
 * nothing else comes, while datagrams flood a socket of nobody's, and while they flood the port of
 * the download's own DHT and uTP; then floods a client that does nothing else.
 */
public final class FloodMain {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int PIECE_BYTES = 1 << 20;
  private static final String QUIET = "none";
  private static final String ELSEWHERE = "JUNK, at a socket that nobody reads";

  private FloodMain() {}

  /**
   * What a download did.
   *
   * @param seconds from its readiness to its completion
   * @param cores that the downloading process used
   */
  private record Download(double seconds, double cores, Flood.Outcome flood) {}

  /** An idle client is looked at for so long, after as long of the flood. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Where a flood goes. */
  private interface Aim {
    Optional<Flood> at(int port) throws IOException;
  }

  /** Measures and prints a table. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toAbsolutePath();
    int rounds = Integer.parseInt(args[1]);
    long bytes = Long.parseLong(args[2]) << 20;
    int perSecond = Integer.parseInt(args[3]);
    if (MEMORY.toFile().getUsableSpace() < 3 * bytes) {
      throw new IOException(MEMORY + " has no room for " + 3 * bytes + " bytes");
    }
    Map<String, List<Download>> all = new LinkedHashMap<>();
    try (Stage stage = Stage.set(root, MEMORY, bytes, PIECE_BYTES, Carrier.PLAIN);
        DatagramChannel sink =
            DatagramChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      int nobody = ((InetSocketAddress) sink.getLocalAddress()).getPort();
      Map<String, Aim> aims = new LinkedHashMap<>();
      aims.put(QUIET, port -> Optional.empty());
      aims.put(ELSEWHERE, port -> Optional.of(Flood.start(Flood.Kind.JUNK, nobody, perSecond)));
      for (Flood.Kind kind : Flood.Kind.values()) {
        aims.put(kind.toString(), port -> Optional.of(Flood.start(kind, port, perSecond)));
      }
      System.err.printf("not counted: %s%n", run(stage, aims.get(QUIET)));
      for (int round = 1; round <= rounds; round++) {
        for (Map.Entry<String, Aim> each : aims.entrySet()) {
          Download download = run(stage, each.getValue());
          System.err.printf("round %d, %s: %s%n", round, each.getKey(), download);
          all.computeIfAbsent(each.getKey(), k -> new ArrayList<>()).add(download);
        }
      }
      Map<String, Double> idle = new LinkedHashMap<>();
      for (Map.Entry<String, Aim> each : aims.entrySet()) {
        idle.put(each.getKey(), idleCores(stage, each.getValue()));
      }
      print(all, idle, bytes);
    }
  }

  private static Download run(Stage stage, Aim aim) throws IOException {
    Path target = stage.freshTarget();
    Contender who = Contender.SLUICE;
    try (Subject seed =
        Subject.start(
            "seed",
            who.seed(stage.root(), stage.torrent(), stage.data(), stage.carrier()),
            stage.log())) {
      int port = (int) seed.await("listening").number("port");
      seed.await("seeding");
      List<String> command =
          who.get(stage.root(), stage.torrent(), target, stage.carrier(), List.of(port));
      try (Subject get = Subject.start("get", command, stage.log())) {
        int own = (int) get.await("listening").number("port");
        Optional<Flood> flood = aim.at(own);
        Subject.Event ready = get.await("checked");
        Usage before = get.usage();
        Subject.Event complete = get.await("complete");
        double cpu = get.usage().cpuSeconds() - before.cpuSeconds();
        double seconds = (complete.atNanos() - ready.atNanos()) / 1e9;
        Flood.Outcome outcome = flood.map(Flood::end).orElse(Flood.Outcome.NONE);
        return new Download(seconds, cpu / seconds, outcome);
      }
    } finally {
      stage.removeTarget();
    }
  }

  /** How many cores a seed uses that nobody downloads from. */
  private static double idleCores(Stage stage, Aim aim) throws IOException {
    List<String> command =
        Contender.SLUICE.seed(stage.root(), stage.torrent(), stage.data(), stage.carrier());
    try (Subject seed = Subject.start("seed", command, stage.log())) {
      int port = (int) seed.await("listening").number("port");
      seed.await("seeding");
      Optional<Flood> flood = aim.at(port);
      Thread.sleep(IDLE);
      double before = seed.usage().cpuSeconds();
      long start = System.nanoTime();
      Thread.sleep(IDLE);
      double cpu = seed.usage().cpuSeconds() - before;
      double seconds = (System.nanoTime() - start) / 1e9;
      flood.ifPresent(Flood::end);
      return cpu / seconds;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void print(Map<String, List<Download>> all, Map<String, Double> idle, long bytes)
      throws IOException {
    System.out.println(Main.hardware() + "\n");
    System.out.println(
        "| flood | sent a second | MB/s | share | cores of the download | of an idle client |"
            + " answers | bytes out / in |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
    double quiet = median(all.getOrDefault(QUIET, List.of()), Download::seconds);
    all.forEach((name, downloads) ->
        System.out.printf(
            Locale.ROOT,
            "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.0f | %.3f |%n",
            name,
            median(downloads, d -> d.flood().perSecond()),
            bytes / 1e6 / median(downloads, Download::seconds),
            quiet / median(downloads, Download::seconds),
            median(downloads, Download::cores),
            idle.getOrDefault(name, Double.NaN),
            median(downloads, d -> d.flood().answers()),
            median(downloads, d -> d.flood().ratio())));
  }

  private static double median(List<Download> all, ToDoubleFunction<Download> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }
}
